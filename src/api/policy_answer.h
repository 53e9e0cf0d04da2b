// The member `policy` of answers.
#pragma once

#include "json/writer.h"
#include "policy/policy.h"

namespace dss::api {

/// `"reasons":[{"rule",…}]`: for each what it is about.
void write_reasons(const policy::Decision& decision, json::Writer* writer);

/// `"policy":{"id","version","action","reasons":[{"rule",…}]}`.
void write_policy(const policy::Policy& policy, const policy::Decision& decision,
                  json::Writer* writer);

}  // namespace dss::api
