#include "app/policy/trial.h"

#include <gtest/gtest.h>

#include "api/deterministic_backend.h"

namespace dss::app {
namespace {

using policy::Action;

class TrialOfAPolicy : public testing::Test {
 protected:
  TrialOfAPolicy() {
    policy_.id = "p";
    policy_.bands = {{"toxic", 0.7F, 1.0F, Action::kHold}};
    policy_.block.add("forbidden");
  }
  std::string take(std::size_t line, const std::string& text) {
    const auto outcome = api::deterministic_score(text, {.model = "simple"});
    std::string out;
    trial_.take(line, text, *outcome, &out);
    return out;
  }
  policy::Policy policy_;
  policy::Thresholds operators_{{"insult", 1.0F}};
  Trial trial_{&policy_, &operators_};
};

TEST_F(TrialOfAPolicy, PrintsOnlyWhatChangesAndNoText) {
  EXPECT_EQ(take(1, "p=0.1 harmless"), "");
  EXPECT_EQ(take(2, "p=0.8 harmful"),
            R"({"line":2,"score":80,"without":"flag","with":"hold","reasons":[)"
            R"({"rule":"band","category":"toxic","from":0.7,"to":1.0}]})"
            "\n");
  EXPECT_EQ(take(3, "p=0.6 unflagged by the bands")
                .find(R"({"line":3,"score":60,"without":"flag","with":"allow")"),
            0U);
  EXPECT_NE(take(4, "p=0.1 forbidden").find(R"("with":"block")"), std::string::npos);
}

TEST_F(TrialOfAPolicy, CountsByAction) {
  take(1, "p=0.1");
  take(2, "p=0.8");
  take(3, "forbidden");
  trial_.fail();
  EXPECT_EQ(describe(trial_.counts()),
            "action       without        with\n"
            "allow              2           1\n"
            "flag               1           0\n"
            "hold               0           1\n"
            "block              0           1\n"
            "2 of 3 texts get another action\n"
            "1 rows could not be scored\n");
}

}  // namespace
}  // namespace dss::app
