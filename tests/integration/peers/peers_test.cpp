// SPDX-License-Identifier: BSL-1.0
#include "cpp/histogram.hpp"
#include "support/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string text_of(const std::string& file)
{
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

/// A driver of two peers that are there and one that is not, for the hot loop on one thread.
class peers_driver : public testing::Test {
protected:
    int run(const std::string& more = "")
    {
        const std::string command = STEWARD_TEST_DRIVER " --quick --repetitions=2 --repetition-ms=5 --workload=hot_loop"
                                                        " --threads=1 --peer='" STEWARD_TEST_STEWARD " usual'"
                                                        " --peer=" STEWARD_TEST_MUTEX
                                                        " '--missing=puddle;Go;2.2.3;go is not installed' --output="
                                    + results_ + ' ' + more + " >" + table_ + " 2>" + errors_;
        return std::system(command.c_str());
    }
    [[nodiscard]] json results() const { return json::parse(text_of(results_)); }
    [[nodiscard]] std::string table() const { return text_of(table_); }
    [[nodiscard]] std::string errors() const { return text_of(errors_); }

private:
    steward::test::scratch_directory folder_;
    std::string results_ = folder_.file("results.json");
    std::string table_ = folder_.file("table");
    std::string errors_ = folder_.file("errors");
};

TEST_F(peers_driver, explains_a_number_by_what_the_system_takes_for_it)
{
    ASSERT_EQ(run("--workload=crowded_blocking --threads=8"), 0) << errors();

    const json notes = results().at("notes");
    ASSERT_EQ(notes.size(), 1U) << "of the workloads that were measured";
    EXPECT_EQ(notes[0].at("workload"), "crowded_blocking");
    EXPECT_THAT(notes[0].at("text").get<std::string>(), HasSubstr("a thread that is woken runs after"));
}

TEST_F(peers_driver, explains_longest_waits_by_how_long_threads_are_stopped_that_wait_for_nothing)
{
    ASSERT_EQ(run(), 0) << errors();

    const json notes = results().at("notes");
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].at("workload"), "hot_loop");
    EXPECT_THAT(notes[0].at("text").get<std::string>(), HasSubstr("one was stopped for up to"));
}

TEST_F(peers_driver, writes_the_labs_form_with_a_sample_of_everything_for_each_repetition)
{
    ASSERT_EQ(run(), 0) << errors();

    const json all = results();
    EXPECT_EQ(all.at("lab"), 1);
    EXPECT_EQ(all.at("quick"), true);
    ASSERT_EQ(all.at("results").size(), 2U);
    for (const json& each : all.at("results")) {
        EXPECT_EQ(each.at("workload"), "hot_loop");
        EXPECT_EQ(each.at("threads"), 1);
        EXPECT_EQ(each.at("slots"), 1);
        for (const char* what : {"leases_per_s", "p50_ns", "p99_ns", "p999_ns", "max_ns", "exchange_ns"})
            EXPECT_EQ(each.at("samples").at(what).size(), 2U) << what;
    }
}

TEST_F(peers_driver, names_each_peer_with_its_version_and_steward_with_its_policies)
{
    ASSERT_EQ(run(), 0) << errors();

    const json subjects = results().at("subjects");
    EXPECT_EQ(subjects.at(0).at("kind"), "steward");
    EXPECT_EQ(subjects.at(0).at("axes").at("locking"), "lock_free");
    EXPECT_EQ(subjects.at(1).at("kind"), "peer");
    EXPECT_EQ(subjects.at(1).at("language"), "C++");
}

TEST_F(peers_driver, shows_a_peer_that_could_not_be_built_as_missing)
{
    ASSERT_EQ(run(), 0) << errors();

    EXPECT_EQ(results().at("subjects").at(2).at("missing"), "go is not installed");
    EXPECT_THAT(table(), HasSubstr("missing: puddle: go is not installed"));
}

TEST_F(peers_driver, goes_on_without_a_peer_whose_program_ends)
{
    ASSERT_EQ(run("--peer=false"), 0) << errors();

    EXPECT_EQ(results().at("subjects").at(2).at("missing"), "its program has ended");
    EXPECT_EQ(results().at("results").size(), 2U);
}

TEST_F(peers_driver, refuses_what_it_does_not_know)
{
    EXPECT_NE(run("--quickly"), 0);
    EXPECT_THAT(errors(), HasSubstr("'--quickly' is no option"));
}

TEST(peers_histogram, keeps_a_time_to_less_than_a_hundredth_of_it)
{
    for (std::uint64_t time = 1; time < std::uint64_t{1} << 39; time = time * 9 / 8 + 1) {
        const double kept = peers::histogram::time_of(peers::histogram::bucket_of(time));
        EXPECT_NEAR(kept, static_cast<double>(time), static_cast<double>(time) / 100);
        ASSERT_LT(peers::histogram::bucket_of(time), peers::histogram::size);
    }
}

} // namespace
