// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace steward::test {

/// A machine's file, and what must come of it. A text file has many: `== name`, the YAML, `--`, what is expected.
struct gen_case {
    std::string name;
    std::string yaml;
    std::vector<std::string> expected;
};
inline void PrintTo(const gen_case& c, std::ostream* out) { *out << c.name; }

/// The lines of a text.
inline std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// A file of the tests' folder.
inline std::string read(const std::string& file)
{
    std::ifstream stream{STEWARD_TEST_GEN_FOLDER "/" + file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream)
        throw std::runtime_error{file + " cannot be read"};
    return text;
}

inline std::vector<gen_case> read_cases(const std::string& file)
{
    std::vector<gen_case> cases;
    bool is_yaml = false;
    for (const std::string& line : lines_of(read(file))) {
        if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), {}, {}});
            is_yaml = true;
        } else if (line == "--") {
            is_yaml = false;
        } else if (is_yaml) {
            cases.back().yaml += line + "\n";
        } else if (!cases.empty()) {
            cases.back().expected.push_back(line);
        }
    }
    return cases;
}

} // namespace steward::test
