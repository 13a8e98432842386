// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem.hpp>

#include <algorithm>
#include <string>
#include <system_error>

namespace steward::inline v0::adapters {

namespace {

// Whether a symbolic link stands on a relative path beneath a directory, as far as the path exists.
bool leads_through_a_link(std::filesystem::path base, const std::filesystem::path& relative)
{
    std::error_code ignored;
    return std::ranges::any_of(relative, [&](const std::filesystem::path& part) {
        return std::filesystem::is_symlink(base /= part, ignored);
    });
}

} // namespace

void filesystem::check(const settings& wanted, configuration_check& check)
{
    const std::string_view base_path = field_name(wanted, wanted.base_path);
    std::error_code error;
    if (wanted.base_path.empty()) {
        check.wrong(base_path, "a directory", "nothing");
    } else if (!std::filesystem::exists(wanted.base_path, error)) {
        if (!wanted.create)
            check.wrong(base_path, "an existing directory, or create = true", wanted.base_path.native());
    } else if (!std::filesystem::is_directory(wanted.base_path, error)) {
        check.wrong(base_path, "a directory", wanted.base_path.native() + ", which is something else");
    }

    const std::string_view temp_dir = field_name(wanted, wanted.temp_dir);
    const bool leaves_base = wanted.temp_dir.is_relative()
                             && std::ranges::any_of(wanted.temp_dir, [](const auto& part) { return part == ".."; });
    if (leaves_base)
        check.wrong(temp_dir, "an absolute path, or one beneath base_path without \"..\"", wanted.temp_dir.native());
    else if (wanted.temp_dir.is_relative() && leads_through_a_link(wanted.base_path, wanted.temp_dir))
        check.wrong(temp_dir, "a directory beneath base_path, without symbolic links", wanted.temp_dir.native());
    else if (const auto path = wanted.base_path / wanted.temp_dir; !wanted.temp_dir.empty()
                                                                   && std::filesystem::exists(path, error)
                                                                   && !std::filesystem::is_directory(path, error))
        check.wrong(temp_dir, "a directory", wanted.temp_dir.native() + ", which is something else");
}

file_area filesystem::create()
{
    if (settings_.create) {
        std::error_code error;
        std::filesystem::create_directories(settings_.base_path, error);
        if (error)
            detail::fail(error.value(), "create the base_path", settings_.base_path);
    }
    return file_area{settings_};
}

} // namespace steward::inline v0::adapters
