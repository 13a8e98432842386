// SPDX-License-Identifier: BSL-1.0
#include "reading.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace steward::gen {

namespace {

/// The rules of one machine. What could not be read is empty here, and was told already.
class rules {
public:
    rules(settings_reader& reader, machine_description& machine)
        : reader_{reader}, machine_{machine}, is_read_whole_{reader.problem_count() == 0}
    {
    }

    void check()
    {
        differ(machine_.resources, "resource");
        differ(machine_.networks, "network");
        for (network_description& network : machine_.networks)
            check(network);
        if (machine_.main_network.empty() || !known(machine_.main_network, machine_.networks, "network"))
            return;
        if (const std::size_t before = reader_.problem_count(); order_networks(), reader_.problem_count() == before)
            needs_follow_the_catalog(*find(machine_.main_network.text), {});
    }

private:
    // Whether a name is among those of the things; if not, that is told.
    template <class Things>
    bool known(const named& name, const Things& things, std::string_view what)
    {
        if (name.empty())
            return false;
        if (find_named(things, name.text) != things.end())
            return true;
        if ((things.empty() && !is_read_whole_) || find_named(things, "") != things.end())
            return false; // it may be one that could not be read
        std::vector<std::string_view> names;
        for (const auto& thing : things)
            names.push_back(thing.name.text);
        reader_.wrong(name.where, std::string{"unknown "}.append(what).append(" '").append(name.text).append("'")
                                      + suggestion(name.text, names));
        return false;
    }

    template <class Things>
    void differ(const Things& things, std::string_view what)
    {
        std::map<std::string_view, file_place> seen;
        for (const auto& thing : things)
            if (!thing.name.empty() && !seen.emplace(thing.name.text, thing.name.where).second)
                reader_.wrong(thing.name.where, std::string{"two of the "}.append(what).append("s are named '")
                                                    + thing.name.text + "'; the other is in line "
                                                    + std::to_string(seen[thing.name.text].line));
    }

    void may_use(const named& resource, const network_description& network)
    {
        if (!known(resource, machine_.resources, "resource") || !network.resources)
            return;
        if (std::ranges::find(*network.resources, resource.text, &named::text) == network.resources->end())
            reader_.wrong(resource.where, "resource '" + resource.text + "' is not among the resources of network '"
                                              + network.name.text + "'");
    }

    void check(network_description& network)
    {
        differ(network.states, "state");
        if (network.resources)
            for (const named& resource : *network.resources)
                known(resource, machine_.resources, "resource");
        for (state_description& state : network.states) {
            for (const named& resource : state.resources)
                may_use(resource, network);
            for (const arc_description& arc : state.arcs)
                check(network, arc);
            sort(state.arcs);
        }
        if (network.is_whole)
            check_shape(network);
    }

    void check_shape(const network_description& network)
    {
        const state_description* start = nullptr;
        for (const state_description& state : network.states)
            if (state.is_start && std::exchange(start, &state) != nullptr)
                reader_.wrong(state.name.where, "state '" + state.name.text + "': unexpected is_start: network '"
                                                    + network.name.text + "' starts elsewhere already");
        const auto misses = [&](const char* key) {
            reader_.wrong(network.name.where, "network '" + network.name.text + "': missing: expected " + key
                                                  + ": true at one of its states");
        };
        if (start == nullptr)
            misses("is_start");
        if (std::ranges::none_of(network.states, may_end_in))
            misses("is_end");
        for (const state_description& state : network.states)
            check_ways_out(state);
        if (start != nullptr)
            check_ways_in(network);
    }

    void check_ways_out(const state_description& state)
    {
        if (state.arcs.empty() && !state.is_end)
            reader_.wrong(state.name.where, "state '" + state.name.text
                                                + "' has no way out: expected arcs, or is_end: "
                                                  "true");
        bool is_taken = false;
        for (const arc_description& arc : state.arcs) {
            if (is_taken)
                reader_.wrong(arc.where, "this arc is never taken: one without a condition is tried before it");
            is_taken = is_taken || !arc.condition;
        }
    }

    // Into the order in which they are tried.
    static void sort(std::vector<arc_description>& arcs)
    {
        std::vector<arc_description> sorted;
        for (arc_description& arc : arcs)
            sorted.insert(
                std::ranges::upper_bound(sorted, arc.priority, std::ranges::greater{}, &arc_description::priority),
                std::move(arc));
        arcs = std::move(sorted);
    }

    void check(network_description& network, const arc_description& arc)
    {
        if (!arc.target.empty() && !known(arc.target, network.states, "state"))
            network.is_whole = false;
        if (!arc.return_state.empty() && !known(arc.return_state, network.states, "state"))
            network.is_whole = false;
        known(arc.network, machine_.networks, "network");
        std::set<std::string_view> resources;
        for (const role& r : arc.resources) {
            known(r.resource, machine_.resources, "resource");
            if (!r.resource.empty() && !resources.insert(r.resource.text).second)
                reader_.wrong(r.resource.where, "'" + r.resource.text + "' stands there twice");
        }
        if (!arc.resources.empty() && arc.transforms.empty())
            reader_.wrong(arc.resources.front().resource.where,
                          "resources: expected a transform beside them: an arc holds them during its transform");
    }

    // An arc through another network ends there if it does not say where to go on.
    [[nodiscard]] static bool may_end_in(const state_description& state)
    {
        return state.is_end || std::ranges::any_of(state.arcs, [](const arc_description& arc) {
                   return !arc.network.empty() && arc.next().empty();
               });
    }

    void check_ways_in(const network_description& network)
    {
        std::set<std::string_view> reached;
        for (const state_description& state : network.states)
            if (state.is_start)
                reached.insert(state.name.text);
        for (std::size_t before = 0; before != reached.size();) {
            before = reached.size();
            for (const state_description& state : network.states)
                if (reached.contains(state.name.text))
                    for (const arc_description& arc : state.arcs)
                        reached.insert(arc.next().text);
        }
        for (const state_description& state : network.states)
            if (!reached.contains(state.name.text))
                reader_.wrong(state.name.where, "state '" + state.name.text
                                                    + "' cannot be reached from the start of "
                                                      "network '"
                                                    + network.name.text + "'");
    }

    [[nodiscard]] const network_description* find(std::string_view name) const
    {
        const auto network = find_named(machine_.networks, name);
        return network == machine_.networks.end() ? nullptr : &*network;
    }

    // Those that others run come before them.
    void order_networks()
    {
        std::vector<std::string> order, open;
        visit(machine_.main_network, order, open);
        for (const network_description& network : machine_.networks)
            if (!network.name.empty() && std::ranges::find(order, network.name.text) == order.end())
                reader_.wrong(network.name.where, "network '" + network.name.text
                                                      + "' is never run: expected it as "
                                                        "main_network, or as the target_network of an arc");
        std::vector<network_description> sorted;
        for (const std::string& name : order)
            sorted.push_back(std::move(*find_named(machine_.networks, name)));
        machine_.networks = std::move(sorted);
    }
    void visit(const named& name, std::vector<std::string>& order, std::vector<std::string>& open)
    {
        const network_description* const network = find(name.text);
        if (network == nullptr || std::ranges::find(order, name.text) != order.end())
            return;
        if (std::ranges::find(open, name.text) != open.end())
            return reader_.wrong(name.where, "network '" + name.text + "' runs itself: expected one that ends");
        open.push_back(network->name.text);
        for (const state_description& state : network->states)
            for (const arc_description& arc : state.arcs)
                if (!arc.network.empty())
                    visit(arc.network, order, open);
        open.pop_back();
        order.push_back(network->name.text);
    }

    [[nodiscard]] std::size_t place_of(std::string_view resource) const
    {
        return static_cast<std::size_t>(find_named(machine_.resources, resource) - machine_.resources.begin());
    }
    [[nodiscard]] bool is_exclusive(std::string_view resource) const
    {
        const std::size_t place = place_of(resource);
        return place != machine_.resources.size() && !machine_.resources[place].is_shared;
    }

    // What is held while a network runs, and which line says so.
    using held_resources = std::map<std::string_view, std::size_t>;
    static void hold(held_resources& held, const std::vector<named>& resources)
    {
        for (const named& resource : resources)
            held.emplace(resource.text, resource.where.line);
    }

    // What is held for a whole network was taken first, so it stands first in the catalog.
    void needs_follow_the_catalog(const network_description& network, held_resources held)
    {
        if (network.resources) {
            for (const named& resource : *network.resources)
                comes_behind(resource, held);
            hold(held, *network.resources);
        }
        if (!checked_.emplace(&network, held).second)
            return;
        for (const state_description& state : network.states) {
            for (const named& resource : state.resources)
                comes_behind(resource, held);
            for (const arc_description& arc : state.arcs) {
                const network_description* const inner = find(arc.network.text);
                held_resources on_the_way = held;
                if (inner != nullptr) // what the state holds stays held
                    hold(on_the_way, state.resources);
                for (const role& r : arc.resources)
                    comes_behind(r.resource, on_the_way);
                if (inner != nullptr)
                    needs_follow_the_catalog(*inner, std::move(on_the_way));
            }
        }
    }
    void comes_behind(const named& needed, const held_resources& held)
    {
        if (held.contains(needed.text) || !is_exclusive(needed.text))
            return;
        for (const auto& [name, line] : held)
            if (is_exclusive(name) && place_of(name) > place_of(needed.text))
                reader_.wrong(needed.where, "resource '" + needed.text + "' is needed while '" + std::string{name}
                                                + "' is held (line " + std::to_string(line)
                                                + "): expected it behind that one in the machine's resources, which "
                                                  "are taken in their order");
    }

    std::set<std::pair<const network_description*, held_resources>> checked_{};
    settings_reader& reader_;
    machine_description& machine_;
    bool is_read_whole_;
};

} // namespace

void check_rules(settings_reader& reader, machine_description& machine) { rules{reader, machine}.check(); }

} // namespace steward::gen
