// SPDX-License-Identifier: BSL-1.0
#include "place.hpp"
#include "results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace lab {

namespace {

// nlohmann's words name a byte; people look for a line.
[[noreturn]] void not_json(const std::string& text, const std::string& file, std::size_t byte, const std::string& why)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte == 0 ? 0 : byte - 1, text.size()));
    const auto line = 1 + std::count(text.begin(), end, '\n');
    const auto start = std::find(std::make_reverse_iterator(end), text.rend(), '\n').base();
    const std::size_t colon = why.rfind("; ");
    throw malformed{fmt::format("{}:{}:{}: expected JSON{}", file, line, end - start + 1,
                                colon == std::string::npos ? "" : ": " + why.substr(colon + 2))};
}

nlohmann::ordered_json parsed(const std::string& text, const std::string& file)
{
    try {
        return nlohmann::ordered_json::parse(text);
    } catch (const nlohmann::json::parse_error& e) {
        not_json(text, file, e.byte, e.what());
    } catch (const nlohmann::json::exception& e) { // a number that no double holds
        throw malformed{fmt::format("{}: the whole: expected numbers that a double holds ({})", file, e.what())};
    }
}

machine machine_at(const place& where)
{
    return {.cpu = where.at("cpu").text(),
            .system = where.at("system").text(),
            .compiler = where.at("compiler").text(),
            .when = where.at("when").text(),
            .cores = where.at("cores").count()};
}

subject subject_at(const place& where)
{
    subject one{.id = where.at("id").text()};
    const place kind = where.at("kind");
    if (kind.text() != "steward" && kind.text() != "peer")
        kind.expected("\"steward\" or \"peer\"");
    one.is_peer = kind.text() == "peer";
    const auto optional_text = [&](const char* name) {
        const auto found = where.find(name);
        return found ? found->text() : std::string{};
    };
    one.version = optional_text("version");
    one.language = optional_text("language");
    one.missing = optional_text("missing");
    if (!one.is_peer)
        where.at("axes").each_member(
            [&](const std::string& axis, const place& policy) { one.axes.emplace_back(axis, policy.text()); });
    if (const auto bytes = where.find("bytes_per_slot"))
        one.bytes_per_slot = bytes->number_from_zero();
    return one;
}

std::vector<double> numbers_at(const place& where, bool divides)
{
    std::vector<double> numbers;
    where.each_element([&](const place& number) {
        numbers.push_back(divides ? number.number_above_zero() : number.number_from_zero());
    });
    if (numbers.empty())
        where.expected("a number of each repetition");
    return numbers;
}

result result_at(const place& where)
{
    result one{.subject = where.at("subject").text(),
               .configuration = {.workload = where.at("workload").text(),
                                 .threads = where.at("threads").count(),
                                 .slots = where.at("slots").count()},
               .samples = {},
               .source = 0};
    std::size_t repetitions = 0;
    where.at("samples").each_member([&](const std::string& measure, const place& samples) {
        const bool divides = measure == "leases_per_s" || measure == "exchange_ns"; // nothing is 0 times as fast
        std::vector<double> numbers = numbers_at(samples, divides);
        repetitions = repetitions == 0 ? numbers.size() : repetitions;
        if (numbers.size() != repetitions)
            samples.expected(fmt::format("{} numbers, as many as the measures before it have", repetitions));
        one.samples.emplace(measure, std::move(numbers));
    });
    if (!one.samples.contains("leases_per_s"))
        where.at("samples").at("leases_per_s"); // says that it is not there
    return one;
}

note note_at(const place& where)
{
    note one{.text = where.at("text").text()};
    if (const auto workload = where.find("workload"))
        one.workload = workload->text();
    if (const auto subject = where.find("subject"))
        one.subject = subject->text();
    if (const auto threads = where.find("threads"))
        one.threads = threads->count();
    return one;
}

compile_cost compile_cost_at(const place& where)
{
    compile_cost one{.header = where.at("header").text(),
                     .compiler = where.at("compiler").text(),
                     .axis = where.at("axis").text(),
                     .n = where.at("n").count(0),
                     .seconds = numbers_at(where.at("seconds"), false)};
    if (const auto peak = where.find("peak_mib"))
        one.peak_mib = peak->number_from_zero();
    return one;
}

template_cost template_cost_at(const place& where)
{
    return {.name = where.at("name").text(),
            .seconds = where.at("seconds").number_from_zero(),
            .count = where.at("count").count()};
}

// What not every program of the lab writes.
template <class Use>
void each_if_there(const place& whole, const char* name, Use use)
{
    if (const auto list = whole.find(name))
        list->each_element(use);
}

void read_subjects(const place& whole, results& read)
{
    std::set<std::string> ids;
    whole.at("subjects").each_element([&](const place& where) {
        read.subjects.push_back(subject_at(where));
        if (!ids.insert(read.subjects.back().id).second)
            where.at("id").expected("an id that no subject before has");
    });
}

void read_measured(const place& whole, results& read)
{
    std::set<std::string> present;
    for (const subject& one : read.subjects)
        if (one.missing.empty())
            present.insert(one.id);
    std::set<std::pair<std::string, configuration>> measured;
    whole.at("results").each_element([&](const place& where) {
        read.all.push_back(result_at(where));
        const result& one = read.all.back();
        if (!present.contains(one.subject))
            where.at("subject").expected("the id of a subject that is not missing");
        if (!measured.emplace(one.subject, one.configuration).second)
            where.at("subject").expected("a subject that has no result of this workload, threads and slots yet");
    });
}

} // namespace

results read_results(const std::string& text, const std::string& file)
{
    const nlohmann::ordered_json document = parsed(text, file);
    const place whole{document, file};
    if (const place version = whole.at("lab"); version.count() != 1)
        version.expected("1, the form that this program knows");
    results read;
    read.sources.push_back(
        {.file = file, .machine = machine_at(whole.at("machine")), .quick = whole.at("quick").boolean()});
    read_subjects(whole, read);
    read_measured(whole, read);
    each_if_there(whole, "notes", [&](const place& where) { read.notes.push_back(note_at(where)); });
    each_if_there(whole, "compile", [&](const place& where) { read.compile.push_back(compile_cost_at(where)); });
    each_if_there(whole, "templates", [&](const place& where) { read.templates.push_back(template_cost_at(where)); });
    return read;
}

} // namespace lab
