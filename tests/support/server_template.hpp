// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/guarded_process.hpp"
#include "support/scratch_directory.hpp"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

namespace steward::test {

/// Makes a server's data folder, `to`: what `make` makes there, which takes seconds. Where the environment variable
/// STEWARD_TEST_DATA_FOLDER names a folder, as CTest's does, it is made there once, and copied from then on. `made_from`
/// says all that the content depends on. Tests in several processes may do so at once.
inline void make_data_folder(const std::filesystem::path& to, std::string_view made_from,
                             const std::function<void()>& make)
{
    namespace fs = std::filesystem;
    const char* const folder = std::getenv("STEWARD_TEST_DATA_FOLDER");
    if (folder == nullptr) {
        make();
        return;
    }
    const fs::path kept = fs::path{folder} / std::to_string(std::hash<std::string_view>{}(made_from));
    if (fs::exists(kept)) {
        fs::copy(kept, to, fs::copy_options::recursive);
        give_to_unprivileged(to);
        return;
    }
    make();
    const scratch_directory unfinished{folder};
    fs::copy(to, unfinished.path() / "data", fs::copy_options::recursive);
    std::error_code others_were_faster;
    fs::rename(unfinished.path() / "data", kept, others_were_faster);
}

/// Which program it is: it may be another one after the machine's packages were updated.
[[nodiscard]] inline std::string identity_of(const std::string& program)
{
    const auto changed = std::filesystem::last_write_time(program).time_since_epoch().count();
    return program + " " + std::to_string(changed) + " " + std::to_string(std::filesystem::file_size(program));
}

} // namespace steward::test
