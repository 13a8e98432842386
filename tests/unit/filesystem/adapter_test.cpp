// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <steward/steward.hpp>

#include <atomic>
#include <thread>
#include <vector>

namespace {

using namespace tests;

using files = steward::resource<"files", steward::adapters::filesystem, steward::metrics::counters>;
using files_manager = steward::manager<files>;

class filesystem_adapter : public scratch, public testing::Test {
protected:
    static std::string problem(const filesystem_settings& settings)
    {
        try {
            files_manager manager{files::with(settings)};
        } catch (const steward::configuration_error& error) {
            return error.what();
        }
        return {};
    }
};

TEST_F(filesystem_adapter, is_shared_by_default)
{
    files_manager manager{files::with({.base_path = base})};
    auto one = manager.acquire<"files">();
    auto two = manager.acquire<"files">();
    EXPECT_EQ(one.get(), two.get());
}

TEST_F(filesystem_adapter, serves_several_threads_at_once)
{
    files_manager manager{files::with({.base_path = base})};
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&, i] {
            const std::string name = "file" + std::to_string(i);
            for (int round = 0; round != 20; ++round) {
                manager.acquire<"files">()->write(name, name);
                EXPECT_EQ(manager.acquire<"files">()->read(name), name);
            }
        });
    for (std::thread& each : threads)
        each.join();
    EXPECT_EQ(manager.metrics<"files">().acquisitions, 160U);
}

TEST_F(filesystem_adapter, makes_the_base_path_if_it_is_told_to)
{
    files_manager manager{files::with({.base_path = base / "new" / "deep", .create = true})};
    manager.acquire<"files">()->write("a", "text");
    EXPECT_EQ(content(base / "new" / "deep" / "a"), "text");
}

TEST_F(filesystem_adapter, names_the_resource_and_the_field_of_a_missing_base_path)
{
    EXPECT_NE(problem({}).find("files"), std::string::npos);
    EXPECT_NE(problem({}).find("base_path: expected a directory, got nothing"), std::string::npos);
    EXPECT_NE(problem({.base_path = base / "missing"}).find("base_path: expected an existing directory"),
              std::string::npos);
}

TEST_F(filesystem_adapter, refuses_a_base_path_that_is_a_file)
{
    put(base / "file", "");
    EXPECT_NE(problem({.base_path = base / "file"}).find("base_path: expected a directory"), std::string::npos);
}

TEST_F(filesystem_adapter, refuses_a_temp_dir_that_leaves_the_base_path)
{
    EXPECT_NE(problem({.base_path = base, .temp_dir = "../tmp"}).find("temp_dir: expected"), std::string::npos);
    EXPECT_EQ(problem({.base_path = base, .temp_dir = root / "tmp"}), "");
}

TEST_F(filesystem_adapter, refuses_a_temp_dir_that_a_symbolic_link_takes_out_of_the_base_path)
{
    fs::create_directory_symlink(outside, base / "link");
    EXPECT_NE(problem({.base_path = base, .temp_dir = "link/tmp"}).find("temp_dir: expected"), std::string::npos);
}

TEST_F(filesystem_adapter, names_all_problems_at_once)
{
    const std::string text = problem({.temp_dir = "../tmp"});
    EXPECT_NE(text.find("base_path"), std::string::npos);
    EXPECT_NE(text.find("temp_dir"), std::string::npos);
}

TEST_F(filesystem_adapter, a_directory_that_goes_away_is_found_out_by_validation)
{
    files_manager manager{files::with({.base_path = base})};
    static_cast<void>(manager.acquire<"files">()->base_path());
    EXPECT_TRUE(manager.validate<"files">());
    fs::remove_all(base);
    EXPECT_FALSE(manager.validate<"files">());
}

TEST_F(filesystem_adapter, a_refusal_is_no_failure_of_the_resource)
{
    files_manager manager{files::with({.base_path = base})};
    EXPECT_EQ(refused([&] { static_cast<void>(manager.acquire<"files">()->read("../secret")); }),
              filesystem_errc::outside);
    EXPECT_EQ(manager.metrics<"files">().failures, 0U);
    EXPECT_TRUE(manager.validate<"files">());
}

TEST_F(filesystem_adapter, a_base_path_that_cannot_be_opened_is_the_cause_of_the_failed_acquisition)
{
    files_manager manager{files::with({.base_path = base})};
    fs::remove_all(base);
    const auto got = manager.try_acquire<"files">();
    ASSERT_FALSE(got);
    EXPECT_NE(std::string_view{got.error().what()}.find("open the base_path"), std::string_view::npos);
}

} // namespace
