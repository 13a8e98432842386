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
#include <system_error>

#include <unistd.h>

namespace {

namespace gen = steward::gen;

constexpr const char* usage =
    R"(usage: steward-gen MACHINE.yaml [-o FILE] [--diagram]

Writes the C++ header of a machine to FILE, or to the standard output. With --diagram writes its diagram instead: for
Graphviz if FILE ends in .dot or .gv, otherwise for Mermaid.

It ends with 1 if the machine's file is wrong, after naming all that is, and with 2 if it was called wrongly.
)";

struct arguments {
    std::string machine{};
    std::string output{};
    bool wants_diagram = false;
    bool wants_help = false;
};

std::optional<arguments> parse(int count, char** words)
{
    arguments result;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--diagram")
            result.wants_diagram = true;
        else if (word == "--help" || word == "-h")
            result.wants_help = true;
        else if (word == "-o" && i + 1 < count && *words[i + 1] != '\0')
            result.output = words[++i];
        else if (word.starts_with("-") || !result.machine.empty())
            return std::nullopt;
        else
            result.machine = word;
    }
    return result.machine.empty() && !result.wants_help ? std::nullopt : std::optional{result};
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

bool write_to(const std::string& text, const std::filesystem::path& file)
{
    std::ofstream stream{file, std::ios::binary};
    stream << text;
    stream.close();
    return static_cast<bool>(stream);
}

// All of it or nothing, since a half-written header would be newer than the machine's file; but into what is no plain
// file, and through a link to where it leads.
bool write(const std::string& text, const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    const fs::path target = fs::is_symlink(file) ? fs::weakly_canonical(file, failed) : fs::path{file};
    bool written = false;
    if (fs::exists(target, failed) && !fs::is_regular_file(target, failed)) {
        written = write_to(text, target);
    } else {
        const fs::path beside = target.string() + "." + std::to_string(::getpid());
        written = write_to(text, beside);
        if (written) {
            fs::rename(beside, target, failed);
            written = !failed;
        }
        fs::remove(beside, failed);
    }
    if (!written)
        std::fprintf(stderr, "steward-gen: '%s' cannot be written\n", file.c_str());
    return written;
}

} // namespace

int main(int count, char** words)
{
    const auto wanted = parse(count, words);
    if (!wanted) {
        std::fputs(usage, stderr);
        return 2;
    }
    if (wanted->wants_help) {
        std::fputs(usage, stdout);
        return 0;
    }
    std::error_code none;
    if (!wanted->output.empty() && std::filesystem::equivalent(wanted->machine, wanted->output, none)) {
        std::fprintf(stderr, "steward-gen: '%s' is the machine's file itself\n", wanted->output.c_str());
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
