// SPDX-License-Identifier: BSL-1.0
#include "support/http_server.hpp"
#include "support/scratch_directory.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace steward::literals;

// What order_processor.yaml names: the user's own.
namespace {

struct order {
    std::vector<std::string> lines{};
    int rows = 0;
    std::string customer{};
};

void process_with_db(order& data, auto& resources)
{
    auto& db = resources["database"_r];
    db.execute("create table line (text)");
    for (const std::string& line : data.lines)
        db.execute("insert into line values (?)", line);
    data.rows = db.template query_one<int>("select count(*) from line");
}

void enrich(order& data, auto& resources)
{
    data.customer = resources["service"_r].get("/customer").json().at("name").template get<std::string>();
}

} // namespace

#include "unit/gen/machines/order_processor.hpp"

namespace {

class order_processor_of_the_guide : public ::testing::Test {
protected:
    order_processor_of_the_guide()
    {
        service.Get("/customer", [](const httplib::Request&, httplib::Response& response) {
            response.set_content(R"({"name": "Ada"})", "application/json");
        });
        service.start();
        auto settings = order_processor::settings();
        settings.get<"api">().base_url = service.url();
        settings.get<"files">().base_path = directory.path();
        machine.emplace(settings);
    }

    steward::test::scratch_directory directory;
    steward::test::http_server service;
    std::optional<steward::simple_machine<order_processor::machine, order_processor::catalog>> machine;
};

TEST_F(order_processor_of_the_guide, runs_from_its_start_to_its_end)
{
    const auto outcome = machine->process(order{.lines = {"tea", "sugar"}});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.path, (std::vector<std::string_view>{"start", "process_data", "done"}));
    EXPECT_EQ(outcome.data.rows, 2);
    EXPECT_EQ(outcome.data.customer, "Ada");
}

TEST_F(order_processor_of_the_guide, does_not_leave_its_start_if_the_condition_is_false)
{
    const auto outcome = machine->process(order{});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "start");
    EXPECT_EQ(machine->resources().status<"database">().active, 0U);
}

TEST_F(order_processor_of_the_guide, tells_a_resource_that_fails_in_an_arc)
{
    service.stop();
    const auto outcome = machine->process(order{.lines = {"tea"}});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "process_data");
    EXPECT_EQ(machine->resources().status<"api">().active, 0U);
}

TEST(order_processor_settings, are_those_of_its_file)
{
    auto settings = order_processor::settings();
    EXPECT_EQ(settings.get<"api">().base_url, "https://api.example.com");
    EXPECT_EQ(settings.get<"api">().timeout, std::chrono::seconds{30});
    EXPECT_EQ(settings.options<"database">().acquire_timeout, std::chrono::seconds{30});
    EXPECT_EQ(settings.get<"files">().base_path, "data");
}

} // namespace
