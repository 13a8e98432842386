// SPDX-License-Identifier: BSL-1.0
//
// steward.lab.report: from the lab's results to pages that people read.
#include "agreement.hpp"
#include "csv.hpp"
#include "markdown.hpp"
#include "merge.hpp"
#include "pages.hpp"
#include "results.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr const char* usage = R"(usage: steward.lab.report RESULTS.json... [--output FOLDER]
       steward.lab.report --compare BEFORE.json AFTER.json [--output FOLDER]
       steward.lab.report --agreement ONE.json OTHER.json
       steward.lab.report RESULTS.json... --markdown

Writes FOLDER/report.html and FOLDER/results.csv of all files together, or FOLDER/comparison.html. Without --output the
folder is that of the last file. --markdown prints the tables for README.md and docs instead. --agreement says whether two
runs rank alike what is more than 10 % apart. It ends with 1 if a file is wrong or the runs do not agree, and with 2 if
it was called wrongly.
)";

enum class task { report, comparison, agreement, markdown };

struct arguments {
    std::vector<std::string> files{};
    std::filesystem::path folder{};
    task what = task::report;
};

task task_of(std::string_view word)
{
    return word == "--compare"     ? task::comparison
           : word == "--agreement" ? task::agreement
           : word == "--markdown"  ? task::markdown
                                   : task::report;
}

std::optional<arguments> parse(int count, char** words)
{
    arguments result;
    bool has_folder = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (const task asked = task_of(word); asked != task::report) {
            if (result.what != task::report)
                return std::nullopt;
            result.what = asked;
        } else if (word == "--output" && i + 1 < count) {
            result.folder = words[++i];
            has_folder = true;
        } else if (word.starts_with("--")) {
            return std::nullopt;
        } else {
            result.files.emplace_back(word);
        }
    }
    const bool takes_two = result.what == task::comparison || result.what == task::agreement;
    const bool prints = result.what == task::agreement || result.what == task::markdown;
    if (result.files.empty() || (takes_two && result.files.size() != 2) || (prints && has_folder))
        return std::nullopt;
    if (!has_folder)
        result.folder = std::filesystem::path{result.files.back()}.parent_path();
    return result;
}

lab::results read(const std::string& file)
{
    std::ifstream stream{file, std::ios::binary};
    if (!stream || std::filesystem::is_directory(file))
        throw std::runtime_error{file + ": cannot be read; expected the lab's results.json"};
    return lab::read_results({std::istreambuf_iterator<char>{stream}, {}}, file);
}

void write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream stream{file, std::ios::binary};
    stream << text;
    stream.close();
    if (!stream)
        throw std::runtime_error{file.string() + ": cannot be written"};
    std::printf("%s\n", file.c_str());
}

lab::results read_all(const std::vector<std::string>& files)
{
    std::vector<lab::results> all;
    for (const std::string& file : files)
        all.push_back(read(file));
    return lab::merged(std::move(all));
}

// False if the runs do not agree.
bool make(const arguments& wanted)
{
    if (wanted.what == task::markdown) {
        std::fputs(lab::markdown_of(read_all(wanted.files)).c_str(), stdout);
        return true;
    }
    if (wanted.what == task::agreement) {
        const lab::agreement found = lab::agreement_of(read(wanted.files.front()), read(wanted.files.back()));
        std::fputs(found.text.c_str(), stdout);
        return found.agrees();
    }
    if (!wanted.folder.empty())
        std::filesystem::create_directories(wanted.folder);
    if (wanted.what == task::comparison) {
        write(wanted.folder / "comparison.html",
              lab::comparison_page(read(wanted.files.front()), read(wanted.files.back())));
        return true;
    }
    const lab::results all = read_all(wanted.files);
    write(wanted.folder / "report.html", lab::report_page(all));
    write(wanted.folder / "results.csv", lab::csv_of(all));
    return true;
}

} // namespace

int main(int count, char** words)
{
    if (count == 2 && std::string_view{words[1]} == "--help") {
        std::fputs(usage, stdout);
        return 0;
    }
    const auto wanted = parse(count, words);
    if (!wanted) {
        std::fputs(usage, stderr);
        return 2;
    }
    try {
        return make(*wanted) ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "steward.lab.report: %s\n", e.what());
        return 1;
    }
}
