// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/settings/detail/reader.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0::detail {

[[nodiscard]] inline file_place place_of(const YAML::Mark& mark)
{
    if (mark.is_null())
        return {};
    return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

/// Builds the tree of a YAML document from the parser's events, which have the places of keys, too.
class yaml_builder : public YAML::EventHandler {
public:
    explicit yaml_builder(settings_reader& reader) : reader_{reader} {}

    [[nodiscard]] settings_node result() { return std::move(root_); }
    [[nodiscard]] file_place start() const { return root_.where; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override
    {
        const bool is_value = !open_.empty() && open_.back().has_name; // then it has no place of its own
        add({settings_node::kind::nothing, is_value ? open_.back().node.names.back().where : place_of(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        reader_.wrong(place_of(mark), "unexpected alias: write it out");
        settings_node node{settings_node::kind::nothing, place_of(mark)};
        node.broken = true;
        add(std::move(node));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override
    {
        settings_node node{settings_node::kind::scalar, place_of(mark)};
        node.text = value;
        node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
        if (!node.quoted && !tag.empty() && tag != "?")
            reader_.wrong(node.where, "unexpected tag: text is written in quotes, everything else as it is");
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open_.push_back({{settings_node::kind::list, place_of(mark)}});
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open_.push_back({{settings_node::kind::map, place_of(mark)}});
    }
    void OnMapEnd() override { close(); }

private:
    struct opened {
        settings_node node;
        bool has_name = false; // of a map: its last name waits for its value
    };

    [[nodiscard]] bool expects_name() const
    {
        return !open_.empty() && open_.back().node.is == settings_node::kind::map && !open_.back().has_name;
    }

    void add(settings_node&& node)
    {
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (open_.back().node.is == settings_node::kind::list) {
            open_.back().node.items.push_back(std::move(node));
        } else if (expects_name()) {
            add_name(std::move(node));
        } else {
            open_.back().has_name = false;
            open_.back().node.items.push_back(std::move(node));
        }
    }

    void add_name(settings_node&& node)
    {
        auto& names = open_.back().node.names;
        const bool is_name = node.is == settings_node::kind::scalar;
        if (!is_name)
            reader_.wrong(node.where, "expected a name");
        else if (std::ranges::find(names, node.text, &settings_node::name::text) != names.end())
            reader_.wrong(node.where, "'" + node.text + "' stands there twice");
        names.push_back({std::move(node.text), node.where, !is_name});
        open_.back().has_name = true;
    }

    void close()
    {
        settings_node done = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(done));
    }

    settings_reader& reader_;
    settings_node root_{};
    std::vector<opened> open_;
};

} // namespace steward::inline v0::detail
