// SPDX-License-Identifier: BSL-1.0
#include "order_flow.hpp" // made when this is built

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

using namespace steward::literals;
using namespace std::chrono_literals;

namespace {

using path = std::vector<std::string_view>;

class machines_from_yaml : public ::testing::Test {
protected:
    machines_from_yaml() { setenv("STEWARD_TEST_ORDER_FLOW", ::testing::TempDir().c_str(), 1); }

    static auto process(int number)
    {
        steward::simple_machine<order_flow::machine, order_flow::catalog> machine{order_flow::settings()};
        return machine.process(shop::order{number});
    }
};

TEST_F(machines_from_yaml, run_their_functions_in_order)
{
    const auto outcome = process(1);
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.path, (path{"read", "class", "done"})) << "by priority: the arc of the network stands behind";
    EXPECT_EQ(outcome.data.number, 42);
    EXPECT_EQ(outcome.data.steps, "read scaled007");
}

TEST_F(machines_from_yaml, run_other_networks_on_the_way)
{
    const auto outcome = process(2);
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.path,
              (path{"read", "read_to_payment", "read_to_payment/authorize", "read_to_payment/capture", "done"}));
    EXPECT_EQ(outcome.data.steps, "read scaled many authorized captured");
}

TEST_F(machines_from_yaml, validate_before_they_work)
{
    const auto outcome = process(-1);
    EXPECT_EQ(outcome.error_message(), "read: pre_validate rejected the data");
    EXPECT_EQ(outcome.data.steps, "");
}

TEST_F(machines_from_yaml, validate_after_they_have_worked)
{
    const auto outcome = process(50);
    EXPECT_EQ(outcome.error_message(), "read: validate rejected the data");
    EXPECT_EQ(outcome.data.steps, "read scaled");
}

TEST_F(machines_from_yaml, take_a_lambda_between_comments_for_one)
{
    EXPECT_EQ(process(7).error_message(), "read: validate rejected the data");
}

TEST_F(machines_from_yaml, have_the_settings_of_their_file_and_the_environment)
{
    auto settings = order_flow::settings();
    EXPECT_EQ(settings.get<"data files">().base_path, std::filesystem::path{::testing::TempDir()});
    EXPECT_EQ(settings.get<"db">().connection, ":memory:");
    EXPECT_EQ(settings.get<"cache">().label, "007") << "in quotes it is text";
    EXPECT_EQ(settings.get<"cache">().retry_count, 4);
    EXPECT_EQ(settings.options<"db">().acquire_timeout, 5s);
    EXPECT_EQ(settings.options<"db">().validation_interval, 20s);
    EXPECT_EQ(settings.options<"db">().min_size, 1U);
}

TEST_F(machines_from_yaml, name_the_variable_that_the_environment_lacks)
{
    unsetenv("STEWARD_TEST_ORDER_FLOW");
    try {
        static_cast<void>(order_flow::settings());
        FAIL();
    } catch (const steward::settings_error& e) {
        EXPECT_STREQ(e.what(), "order_flow.hpp: settings():3:14: the environment has no variable "
                               "STEWARD_TEST_ORDER_FLOW");
    }
}

TEST_F(machines_from_yaml, hold_what_their_states_and_arcs_name_and_no_more)
{
    static_assert(order_flow::manager::has<"data files"> && order_flow::manager::has<"db">
                  && order_flow::manager::has<"cache">);
    auto manager = order_flow::settings().make<order_flow::manager>();
    std::vector<std::vector<std::string_view>> held;
    const auto observer = [&](const steward::transition& t) { held.emplace_back(t.held.begin(), t.held.end()); };
    static_cast<void>(
        steward::run<order_flow::machine>(manager, shop::order{1}, steward::run_options{.observer = observer}));
    using names = std::vector<std::string_view>;
    EXPECT_EQ(held, (std::vector<names>{{"data files"}, {"db"}, {}}));
    EXPECT_EQ(manager.metrics<"cache">().acquisitions, 1U) << "by the arc";
}

TEST_F(machines_from_yaml, have_the_limits_of_their_file)
{
    EXPECT_EQ(order_flow::machine::max_transitions, 50);
    EXPECT_EQ(order_flow::machine::timeout, 1h);
    EXPECT_EQ(steward::state_name<order_flow::machine>(), "order flow");
}

} // namespace
