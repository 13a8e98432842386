// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <cerrno>
#include <set>
#include <utility>

namespace {

using namespace tests;

class filesystem_errors : public file_area_test {
protected:
    template <class F>
    static filesystem_error caught(F f)
    {
        try {
            f();
        } catch (const filesystem_error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was refused";
        return {filesystem_errc::input_output, "", ""};
    }
};
STEWARD_BOTH_RESOLUTIONS(filesystem_errors);

TEST_P(filesystem_errors, name_the_operation_the_path_the_reason_and_what_to_do)
{
    EXPECT_STREQ(caught([&] { static_cast<void>(area.read("a/b")); }).what(),
                 "read 'a/b': there is no such file or directory; write() makes a file, and make_directories() those "
                 "above it");
    EXPECT_STREQ(caught([&] { area.write("../b", ""); }).what(),
                 "write '../b': the path leaves the base path; expected a relative one without \"..\"");
}

TEST_P(filesystem_errors, keep_the_operation_the_path_and_errno_apart)
{
    const filesystem_error error = caught([&] { area.append("missing/b", "text"); });
    EXPECT_EQ(error.code(), filesystem_errc::not_found);
    EXPECT_EQ(error.operation(), "append");
    EXPECT_EQ(error.path(), "missing/b");
    EXPECT_EQ(error.native_code(), ENOENT);
}

TEST_P(filesystem_errors, have_no_errno_where_the_operating_system_was_not_asked)
{
    EXPECT_EQ(caught([&] { static_cast<void>(area.size("..")); }).native_code(), 0);
}

TEST_P(filesystem_errors, show_no_control_characters_and_keep_them_in_the_path)
{
    const filesystem_error error = caught([&] { static_cast<void>(area.read("a\nb\x1b")); });
    EXPECT_NE(std::string{error.what()}.find("read 'a?b?'"), std::string::npos);
    EXPECT_EQ(error.path(), "a\nb\x1b");
}

TEST(filesystem_errc_text, is_another_one_for_each_code)
{
    std::set<std::string_view> texts;
    for (int code = 0; code <= std::to_underlying(filesystem_errc::input_output); ++code)
        texts.insert(to_string(static_cast<filesystem_errc>(code)));
    EXPECT_EQ(texts.size(), std::to_underlying(filesystem_errc::input_output) + 1U);
}

} // namespace
