// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

namespace {

using namespace tests;

class file_area_content : public file_area_test {
protected:
    // Tolerates that entries come and go, which fs::directory_iterator does too.
    [[nodiscard]] std::vector<std::string> names_in_base() const
    {
        std::vector<std::string> names;
        std::error_code ignored;
        for (fs::directory_iterator entry{base, ignored}; entry != fs::directory_iterator{}; entry.increment(ignored))
            names.push_back(entry->path().filename());
        return names;
    }
};

/// No file may grow beyond some bytes while this lives: a full disk, as far as a writer can tell.
class small_files_only {
public:
    explicit small_files_only(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)}
    {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~small_files_only()
    {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    small_files_only(const small_files_only&) = delete;
    small_files_only& operator=(const small_files_only&) = delete;

private:
    void (*handler_)(int);
    rlimit before_{};
};

STEWARD_BOTH_RESOLUTIONS(file_area_content);

TEST_P(file_area_content, what_was_written_is_read)
{
    area.write("a.txt", "one\ntwo");
    EXPECT_EQ(area.read("a.txt"), "one\ntwo");
    EXPECT_EQ(content(base / "a.txt"), "one\ntwo");
}

TEST_P(file_area_content, any_byte_is_kept)
{
    std::string bytes;
    for (int i = 0; i != 70'000; ++i)
        bytes += static_cast<char>(i);
    area.write("a.bin", bytes);
    EXPECT_EQ(area.read("a.bin"), bytes);
}

TEST_P(file_area_content, an_empty_file_is_read_as_empty)
{
    area.write("empty", "");
    EXPECT_EQ(area.read("empty"), "");
}

#if defined(__linux__)
TEST_P(file_area_content, a_file_that_is_longer_than_it_says_is_read_to_its_end)
{
    const file_area processes{filesystem_settings{.base_path = "/proc/self", .temp_dir = {}}, GetParam()};
    ASSERT_EQ(processes.size("status"), 0U);
    EXPECT_NE(processes.read("status").find("Threads:"), std::string::npos);
}
#endif

TEST_P(file_area_content, writing_replaces_a_longer_file)
{
    area.write("a.txt", "a long text");
    area.write("a.txt", "short");
    EXPECT_EQ(area.read("a.txt"), "short");
}

TEST_P(file_area_content, writing_leaves_nothing_else_behind)
{
    area.write("a.txt", "one");
    area.write("a.txt", "two");
    EXPECT_EQ(entries(base), 1U);
}

TEST_P(file_area_content, a_replaced_file_keeps_its_permissions)
{
    area.write("a.txt", "one");
    fs::permissions(base / "a.txt", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    area.write("a.txt", "two");
    EXPECT_EQ(fs::status(base / "a.txt").permissions(),
              fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
}

TEST_P(file_area_content, a_replaced_file_that_was_somebody_elses_does_not_run_as_its_writer)
{
    if (geteuid() != 0)
        GTEST_SKIP() << "only root can give a file away";
    area.write("a", "one");
    ASSERT_EQ(chown((base / "a").c_str(), 65'534, 65'534), 0);
    fs::permissions(base / "a", static_cast<fs::perms>(06755));
    area.write("a", "two");
    EXPECT_EQ(fs::status(base / "a").permissions(), static_cast<fs::perms>(0755));
}

TEST_P(file_area_content, what_replaces_a_private_file_is_private_while_it_is_written)
{
    const std::string text(8'000'000, 'a');
    put(base / "a", "private");
    fs::permissions(base / "a", fs::perms::owner_read | fs::perms::owner_write);
    std::atomic<bool> stop{false};
    std::atomic<int> seen{0}, open_to_others{0};
    std::thread watcher{[&] {
        while (!stop)
            for (const std::string& name : names_in_base())
                if (struct stat found{}; name != "a" && ::stat((base / name).c_str(), &found) == 0
                                         && found.st_size < static_cast<off_t>(text.size())) {
                    ++seen;
                    open_to_others += (found.st_mode & 0077) != 0;
                }
    }};
    for (int i = 0; i != 100 && seen < 3; ++i)
        area.write("a", text);
    stop = true;
    watcher.join();
    EXPECT_EQ(open_to_others, 0);
}

TEST_P(file_area_content, readers_see_the_old_or_the_new_content_and_nothing_between)
{
    const std::string old_text(100'000, 'a');
    const std::string new_text(50'000, 'b');
    area.write("a.txt", old_text);
    std::atomic<bool> stop{false};
    std::atomic<int> torn{0};
    std::vector<std::thread> readers;
    for (int i = 0; i != 3; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                const std::string read = area.read("a.txt");
                const auto mapped = area.map("a.txt");
                if ((read != old_text && read != new_text) || (mapped.text() != old_text && mapped.text() != new_text))
                    ++torn;
            }
        });
    for (int i = 0; i != 30; ++i) {
        area.write("a.txt", new_text);
        area.write("a.txt", old_text);
    }
    stop = true;
    for (std::thread& each : readers)
        each.join();
    EXPECT_EQ(torn, 0);
}

TEST_P(file_area_content, a_write_that_fails_leaves_the_old_content_and_no_rest)
{
    fs::create_directory(base / "taken");
    EXPECT_EQ(refused([&] { area.write("taken", "text"); }), filesystem_errc::not_a_file);
    EXPECT_TRUE(fs::is_directory(base / "taken"));
    EXPECT_EQ(entries(base), 1U);
}

TEST_P(file_area_content, a_write_that_fails_half_way_leaves_the_old_content_and_no_rest)
{
    area.write("a.txt", "old");
    {
        const small_files_only disk{100'000};
        EXPECT_EQ(refused([&] { area.write("a.txt", std::string(200'000, 'a')); }), filesystem_errc::out_of_space);
    }
    EXPECT_EQ(area.read("a.txt"), "old");
    EXPECT_EQ(entries(base), 1U);
}

TEST_P(file_area_content, appending_makes_the_file_and_adds_to_its_end)
{
    area.append("log", "one\n");
    area.append("log", "two\n");
    EXPECT_EQ(area.read("log"), "one\ntwo\n");
}

TEST_P(file_area_content, threads_that_append_do_not_mix_their_lines)
{
    std::vector<std::thread> threads;
    for (char c = 'a'; c != 'e'; ++c)
        threads.emplace_back([&, c] {
            for (int i = 0; i != 50; ++i)
                area.append("log", std::string(64, c).append("\n"));
        });
    for (std::thread& each : threads)
        each.join();
    const std::string text = area.read("log");
    ASSERT_EQ(text.size(), 200U * 65);
    for (std::size_t line = 0; line != 200; ++line)
        EXPECT_EQ(text.substr(line * 65, 64), std::string(64, text[line * 65]));
}

TEST_P(file_area_content, a_mapped_file_has_the_same_text)
{
    area.write("a.txt", "mapped");
    EXPECT_EQ(area.map("a.txt").text(), "mapped");
}

TEST_P(file_area_content, a_mapped_file_keeps_its_text_when_the_file_is_replaced)
{
    area.write("a.txt", "old");
    const auto mapped = area.map("a.txt");
    area.write("a.txt", "something new");
    EXPECT_EQ(mapped.text(), "old");
}

TEST_P(file_area_content, an_empty_file_can_be_mapped)
{
    area.write("empty", "");
    EXPECT_TRUE(area.map("empty").text().empty());
}

TEST_P(file_area_content, a_missing_file_is_not_found)
{
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("missing")); }), filesystem_errc::not_found);
    EXPECT_EQ(refused([&] { static_cast<void>(area.map("missing")); }), filesystem_errc::not_found);
    EXPECT_EQ(refused([&] { static_cast<void>(area.size("missing")); }), filesystem_errc::not_found);
}

TEST_P(file_area_content, a_directory_is_not_read)
{
    fs::create_directory(base / "d");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("d")); }), filesystem_errc::not_a_file);
}

TEST_P(file_area_content, what_this_user_may_not_read_is_denied)
{
    area.write("a.txt", "text");
    fs::permissions(base / "a.txt", fs::perms::none);
    const uid_t user = geteuid();
    ASSERT_EQ(seteuid(user == 0 ? 65'534 : user), 0); // root may read everything
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("a.txt")); }), filesystem_errc::permission_denied);
    ASSERT_EQ(seteuid(user), 0);
}

TEST_P(file_area_content, a_pipe_is_refused_without_waiting_for_its_other_end)
{
    ASSERT_EQ(mkfifo((base / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("pipe")); }), filesystem_errc::not_a_file);
    EXPECT_EQ(refused([&] { area.append("pipe", "text"); }), filesystem_errc::not_a_file);
}

TEST_P(file_area_content, a_file_in_a_missing_directory_is_not_written)
{
    EXPECT_EQ(refused([&] { area.write("missing/a.txt", "text"); }), filesystem_errc::not_found);
}

} // namespace
