// PostgreSQL's client library, loaded when it is first needed: with it come Kerberos and LDAP,
// which a server without PostgreSQL shall not pay for.
#pragma once

#include <libpq-fe.h>

#include "base/result.h"

namespace dss::store {

/// The functions of libpq that this program calls; see its documentation.
struct Libpq {
  decltype(&::PQconnectdbParams) connectdb_params = nullptr;
  decltype(&::PQfinish) finish = nullptr;
  decltype(&::PQstatus) status = nullptr;
  decltype(&::PQerrorMessage) error_message = nullptr;
  decltype(&::PQsetNoticeProcessor) set_notice_processor = nullptr;
  decltype(&::PQexecParams) exec_params = nullptr;
  decltype(&::PQresultStatus) result_status = nullptr;
  decltype(&::PQresultErrorField) result_error_field = nullptr;
  decltype(&::PQntuples) ntuples = nullptr;
  decltype(&::PQnfields) nfields = nullptr;
  decltype(&::PQgetisnull) getisnull = nullptr;
  decltype(&::PQgetvalue) getvalue = nullptr;
  decltype(&::PQgetlength) getlength = nullptr;
  decltype(&::PQcmdTuples) cmd_tuples = nullptr;
  decltype(&::PQclear) clear = nullptr;
};

/// Loads it once; lives for ever. Thread-safe. Errors: kUnavailable, with the package to install.
[[nodiscard]] base::Result<const Libpq*> libpq();

}  // namespace dss::store
