// SPDX-License-Identifier: BSL-1.0
//
// steward-gen: from a machine's YAML file to a header, or to a diagram.
#include "src/diagram.hpp"
#include "src/header.hpp"
#include "src/reading.hpp"

#include <steward/settings.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace {

namespace gen = steward::gen;

constexpr std::string_view usage =
    R"(usage: steward-gen MACHINE.yaml [-o FILE] [--diagram]

Writes the C++ header of a machine to FILE, or to the standard output. With --diagram writes its diagram instead: for
Graphviz if FILE ends in .dot or .gv, otherwise for Mermaid.

It ends with 1 if the machine's file is wrong, after naming all that is, and with 2 if it was called wrongly.
)";

struct arguments {
    std::string machine{};
    std::string output{};
    bool wants_diagram = false;
};

std::optional<arguments> parse(int count, char** words)
{
    arguments result;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--diagram")
            result.wants_diagram = true;
        else if (word == "-o" && i + 1 < count)
            result.output = words[++i];
        else if (word.starts_with("-") || !result.machine.empty())
            return std::nullopt;
        else
            result.machine = word;
    }
    return result.machine.empty() ? std::nullopt : std::optional{result};
}

std::string made(const arguments& wanted)
{
    const gen::machine_description machine =
        gen::read_machine(steward::detail::read_settings_file(wanted.machine), wanted.machine);
    const std::filesystem::path output{wanted.output};
    if (!wanted.wants_diagram)
        return gen::header_of(machine, wanted.output.empty()
                                           ? std::filesystem::path{wanted.machine}.stem().string() + ".hpp"
                                           : output.filename().string());
    const bool is_graphviz = output.extension() == ".dot" || output.extension() == ".gv";
    return is_graphviz ? gen::graphviz_of(machine) : gen::mermaid_of(machine);
}

// All of it or nothing: a half-written header would be newer than the machine's file.
bool write(const std::string& text, const std::string& file)
{
    const std::string beside = file + ".new";
    std::ofstream stream{beside, std::ios::binary};
    stream << text;
    stream.close();
    std::error_code failed;
    if (stream)
        std::filesystem::rename(beside, file, failed);
    if (!stream || failed) {
        std::filesystem::remove(beside, failed);
        std::fprintf(stderr, "steward-gen: '%s' cannot be written\n", file.c_str());
        return false;
    }
    return true;
}

} // namespace

int main(int count, char** words)
{
    const auto wanted = parse(count, words);
    if (!wanted) {
        std::fputs(usage.data(), stderr);
        return 2;
    }
    try {
        const std::string text = made(*wanted);
        if (!wanted->output.empty())
            return write(text, wanted->output) ? 0 : 1;
        std::fputs(text.c_str(), stdout);
        return std::fflush(stdout) == 0 ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
