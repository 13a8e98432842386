// SPDX-License-Identifier: BSL-1.0
#include "merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

namespace lab {

namespace {

using measurements = std::set<std::pair<std::string, configuration>>;

measurements measured_by(const results& from)
{
    measurements all;
    for (const result& one : from.all)
        all.emplace(one.subject, one.configuration);
    return all;
}

// After the file's name, or, if that is taken, after all of its path.
void rename(results& in, const std::string& id, const results& before)
{
    std::string file = std::filesystem::path{in.sources.front().file}.filename().string();
    std::string name = fmt::format("{} ({})", id, file);
    if (std::ranges::find(before.subjects, name, &subject::id) != before.subjects.end()) {
        file = in.sources.front().file;
        name = fmt::format("{} ({})", id, file);
    }
    const auto found = std::ranges::find(in.subjects, id, &subject::id);
    found->id = name;
    found->named_after = file;
    for (result& one : in.all)
        if (one.subject == id)
            one.subject = name;
    for (note& one : in.notes)
        if (one.subject == id)
            one.subject = name;
}

void rename_what_is_there(results& next, const results& before)
{
    const measurements there = measured_by(before);
    std::set<std::string> twice;
    for (const result& one : next.all)
        if (there.contains({one.subject, one.configuration}))
            twice.insert(one.subject);
    for (const std::string& id : twice)
        rename(next, id, before);
}

void add_subjects(std::vector<subject>& to, std::vector<subject>& more)
{
    for (subject& one : more) {
        const auto found = std::ranges::find(to, one.id, &subject::id);
        if (found == to.end())
            to.push_back(std::move(one));
        else if (!found->missing.empty())
            *found = std::move(one);
    }
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& more)
{
    std::ranges::move(more, std::back_inserter(to));
}

} // namespace

results merged(std::vector<results> files)
{
    results whole;
    for (results& next : files) {
        const std::string& file = next.sources.front().file;
        if (std::ranges::find(whole.sources, file, &source::file) != whole.sources.end())
            throw std::runtime_error{file + ": expected each file once"};
        rename_what_is_there(next, whole);
        for (result& one : next.all)
            one.source = whole.sources.size();
        add_subjects(whole.subjects, next.subjects);
        append(whole.sources, next.sources);
        append(whole.all, next.all);
        append(whole.notes, next.notes);
        append(whole.compile, next.compile);
        append(whole.templates, next.templates);
    }
    return whole;
}

} // namespace lab
