// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include <steward/adapters/database/flat_file.hpp>

#include <climits>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace steward::inline v0::adapters {

namespace {

bool may(const std::string& path, int mode) { return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0; }

/// What is wrong with the folder; empty if nothing.
std::string_view wrong_folder(const flat_file_settings& wanted)
{
    std::error_code error;
    if (wanted.directory.empty() || wanted.directory.find('\0') != std::string::npos)
        return "the name of a folder";
    if (!std::filesystem::is_directory(wanted.directory, error))
        return "an existing folder";
    if (!may(wanted.directory, R_OK | X_OK))
        return "a folder that can be read";
    if (!wanted.read_only && !may(wanted.directory, W_OK))
        return "a folder that can be written to, or read_only";
    return {};
}

} // namespace

void flat_file::check(const settings& wanted, configuration_check& check)
{
    if (const std::string_view expected = wrong_folder(wanted); !expected.empty())
        check.wrong(field_name(wanted, wanted.directory), expected,
                    wanted.directory.empty() ? "an empty text" : "'" + wanted.directory + "'");
    if (wanted.busy_timeout.count() < 0 || wanted.busy_timeout.count() > INT_MAX)
        check.wrong(field_name(wanted, wanted.busy_timeout), "0 to 2147483647 ms",
                    std::to_string(wanted.busy_timeout.count()) + " ms");
}

std::unique_ptr<detail::driver> flat_file::open(const settings& wanted)
{
    std::shared_ptr<detail::flat_database> shared;
    {
        const std::lock_guard lock{mutex_};
        if (!shared_)
            shared_ = std::make_shared<detail::flat_database>(wanted);
        shared = shared_;
    }
    return std::make_unique<detail::flat_file_driver>(std::move(shared), wanted);
}

} // namespace steward::inline v0::adapters
