// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/error.hpp>

#include <string>
#include <system_error>

namespace steward::inline v0::adapters {

std::string_view to_string(filesystem_errc code) noexcept
{
    switch (code) {
    case filesystem_errc::invalid_path: return "expected the name of a file beneath the base path";
    case filesystem_errc::outside: return "the path leaves the base path; expected a relative one without \"..\"";
    case filesystem_errc::symbolic_link:
        return "a symbolic link stands on the way, and none is followed; name what it leads to";
    case filesystem_errc::not_found:
        return "there is no such file or directory; write() makes a file, and make_directories() those above it";
    case filesystem_errc::not_a_directory:
        return "something on the way is not a directory; expected a file only as the last name";
    case filesystem_errc::not_a_file: return "expected a file, not a directory, a device, a socket or a pipe";
    case filesystem_errc::not_empty: return "the directory is not empty; remove what is in it first";
    case filesystem_errc::permission_denied:
        return "permission denied; this process needs access to it, and to the directories on the way";
    case filesystem_errc::out_of_space: return "there is no space left; free some, or raise the limit";
    case filesystem_errc::input_output: break;
    }
    return "the operating system reported an error";
}

namespace {

// A path may have any bytes in it; what would break a line of a log is shown as '?'.
std::string printable(std::string_view path)
{
    std::string result{path.substr(0, 200)};
    for (char& c : result)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = '?';
    return result;
}

std::string text(filesystem_errc code, std::string_view operation, std::string_view path, int native_code)
{
    std::string result{operation};
    result.append(" '").append(printable(path)).append("': ").append(to_string(code));
    if (code == filesystem_errc::input_output && native_code != 0)
        result.append(": ").append(std::generic_category().message(native_code));
    return result;
}

} // namespace

filesystem_error::filesystem_error(filesystem_errc code, std::string_view operation, std::string_view path,
                                   int native_code)
    : std::runtime_error{text(code, operation, path, native_code)}, code_{code},
      names_{std::make_shared<const names>(names{std::string{operation}, std::string{path}})}, native_code_{native_code}
{
}

} // namespace steward::inline v0::adapters
