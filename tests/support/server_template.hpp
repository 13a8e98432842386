// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/guarded_process.hpp"
#include "support/scratch_directory.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include <unistd.h>

namespace steward::test {

/// Makes a server's data folder, `to`: what `make` makes there, which takes seconds. Where the build says
/// STEWARD_TEST_DATA_FOLDER, it is made there once, and copied from then on. `made_from` says all that the content depends
/// on. Tests in several processes may do so at once.
inline void make_data_folder(const std::filesystem::path& to, std::string_view made_from,
                             const std::function<void(const std::filesystem::path&)>& make)
{
#ifndef STEWARD_TEST_DATA_FOLDER
    (void)made_from;
    make(to);
#else
    namespace fs = std::filesystem;
    const fs::path kept = fs::path{STEWARD_TEST_DATA_FOLDER} / std::to_string(std::hash<std::string_view>{}(made_from));
    if (!fs::exists(kept)) {
        make(to);
        const fs::path unfinished = kept.string() + "." + std::to_string(::getpid());
        fs::create_directories(kept.parent_path());
        fs::remove_all(unfinished); // of a process that was killed
        fs::copy(to, unfinished, fs::copy_options::recursive);
        std::error_code others_were_faster;
        fs::rename(unfinished, kept, others_were_faster);
        if (others_were_faster)
            fs::remove_all(unfinished);
        return;
    }
    fs::copy(kept, to, fs::copy_options::recursive);
    fs::permissions(to, fs::perms::owner_all);
    give_to_unprivileged(to);
#endif
}

/// Which program it is: it may be another one after the machine's packages were updated.
[[nodiscard]] inline std::string identity_of(const std::string& program)
{
    const auto changed = std::filesystem::last_write_time(program).time_since_epoch().count();
    return program + " " + std::to_string(changed) + " " + std::to_string(std::filesystem::file_size(program));
}

} // namespace steward::test
