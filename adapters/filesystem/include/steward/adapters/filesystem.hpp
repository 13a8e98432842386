// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/filesystem/file_area.hpp>
#include <steward/configuration.hpp>
#include <steward/defaults.hpp>
#include <steward/field_name.hpp>

#include <filesystem>
#include <utility>

namespace steward::inline v0::pooling {
struct shared;
}

namespace steward::inline v0::adapters {

/// The settings of `filesystem`: which directory, and where its temporary files are.
struct filesystem_settings {
    /// The directory beneath which all paths are. It must exist, unless `create` is set.
    std::filesystem::path base_path{};
    /// Where temporary files are made: relative to base_path, or absolute; the base path itself if empty. It is made
    /// when it is needed.
    std::filesystem::path temp_dir{};
    /// Make base_path if it is not there.
    bool create = false;
    /// Remove the temporary files that are left when the resource is closed.
    bool auto_cleanup = true;
};

/// Files beneath one directory: `resource<"files", adapters::filesystem>`. Shared by default: one file_area serves any
/// number of holders. Nothing is opened before the first of them comes.
///
/// Errors: create throws filesystem_error. A refusal of the area (a path that leads outside, a missing file) says nothing
/// about the resource's health. Threads: all functions may be called by several threads at once.
class filesystem {
public:
    using settings = filesystem_settings;
    using resource_type = file_area;
    using default_policies = defaults<pooling::shared>;

    /// Opens nothing yet.
    explicit filesystem(settings wanted) noexcept : settings_{std::move(wanted)} {}

    /// Names what is wrong with the settings, and with the directories as they are now.
    static void check(const settings& wanted, configuration_check& check);

    [[nodiscard]] file_area create();
    /// False once the directory was removed.
    [[nodiscard]] static bool validate(const file_area& area) noexcept { return area.usable(); }

private:
    settings settings_;
};

} // namespace steward::inline v0::adapters

BOOST_HANA_ADAPT_STRUCT(steward::adapters::filesystem_settings, base_path, temp_dir, create, auto_cleanup);
