#include "store/libpq.h"

#include <dlfcn.h>

#include <optional>
#include <string>

namespace dss::store {
namespace {

constexpr const char* kLibrary = "libpq.so.5";

template <typename Function>
bool load(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(::dlsym(library, name));
  return *function != nullptr;
}

bool load_all(void* library, Libpq* pq) {
  return load(library, "PQconnectdbParams", &pq->connectdb_params) &&
         load(library, "PQfinish", &pq->finish) && load(library, "PQstatus", &pq->status) &&
         load(library, "PQerrorMessage", &pq->error_message) &&
         load(library, "PQsetNoticeProcessor", &pq->set_notice_processor) &&
         load(library, "PQexecParams", &pq->exec_params) &&
         load(library, "PQresultStatus", &pq->result_status) &&
         load(library, "PQresultErrorField", &pq->result_error_field) &&
         load(library, "PQntuples", &pq->ntuples) && load(library, "PQnfields", &pq->nfields) &&
         load(library, "PQgetisnull", &pq->getisnull) &&
         load(library, "PQgetvalue", &pq->getvalue) &&
         load(library, "PQgetlength", &pq->getlength) &&
         load(library, "PQcmdTuples", &pq->cmd_tuples) && load(library, "PQclear", &pq->clear);
}

std::optional<Libpq> open_library() {
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  Libpq pq;
  if (library == nullptr || !load_all(library, &pq)) return std::nullopt;
  return pq;
}

}  // namespace

base::Result<const Libpq*> libpq() {
  static const std::optional<Libpq> loaded = open_library();
  if (loaded) return &*loaded;
  return base::fail(base::ErrorKind::kUnavailable,
                    std::string(kLibrary) +
                        " cannot be loaded; PostgreSQL needs the package "
                        "libpq5");
}

}  // namespace dss::store
