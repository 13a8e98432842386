// SPDX-License-Identifier: BSL-1.0
#include "known_adapters.hpp"
#include "names.hpp"
#include "reading.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace steward::gen {

namespace {

constexpr std::int64_t most_slots = 65'535; // of a pool

// A number, and where it stands; nowhere if it was not given.
struct given_number {
    std::string text{};
    file_place where{0, 0};

    void read(settings_reader& reader, const settings_node& from, std::int64_t least, std::int64_t most = largest_count)
    {
        if (const auto count = read_count(reader, from, least, most))
            *this = {std::to_string(*count), from.where};
    }
    [[nodiscard]] bool is_there() const noexcept { return where.line != 0; }
};

struct resource_parts {
    resource_description resource{};
    given_number pool_size{}, timeout{}, retry_attempts{}, retry_delay{}, check_interval{};
};

constexpr std::array resource_keys{
    key<resource_parts>("name",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            parts.resource.name = read_name(reader, from, "the name of a resource");
                        }),
    key<resource_parts>("type",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            parts.resource.type = read_name(reader, from, "the type of a resource");
                        }),
    key<resource_parts>("config",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            if (from.is == settings_node::kind::map)
                                parts.resource.config = from;
                            else if (from.is != settings_node::kind::nothing) {
                                reader.expected(from, "names and values");
                                parts.resource.config.broken = true;
                            }
                        }),
    key<resource_parts>("connection_pool_size", [](auto& reader, const settings_node& from,
                                                   auto& parts) { parts.pool_size.read(reader, from, 1, most_slots); }),
    key<resource_parts>("timeout_seconds", [](auto& reader, const settings_node& from,
                                              auto& parts) { parts.timeout.read(reader, from, 1); }),
    key<resource_parts>("retry_attempts", [](auto& reader, const settings_node& from,
                                             auto& parts) { parts.retry_attempts.read(reader, from, 0); }),
    key<resource_parts>("retry_delay_seconds",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            const auto delay = reader.real(from);
                            if (delay && *delay < 0)
                                reader.expected(from, "a number of zero or more");
                            else if (delay)
                                parts.retry_delay = {from.text, from.where};
                        }),
    key<resource_parts>("health_check_interval",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            if (from.is != settings_node::kind::nothing)
                                parts.check_interval.read(reader, from, 1);
                        }),
};

// Sets a value in a map of settings, unless the file has it there already.
void set(settings_reader& reader, settings_node& map, std::string_view name, const given_number& number,
         std::string_view unit)
{
    if (!number.is_there())
        return;
    if (map.find(name) != nullptr)
        return reader.wrong(number.where, std::string{"unexpected: config has "}.append(name).append(", too"));
    settings_node value{settings_node::kind::scalar, number.where};
    value.text = number.text + std::string{unit};
    map.names.push_back({std::string{name}, number.where});
    map.items.push_back(std::move(value));
}

// No more slots at run time than the pool has.
void check_sizes(settings_reader& reader, const settings_node& config, const std::string& pool_size)
{
    const settings_node* const pool = config.find("pool");
    if (pool == nullptr)
        return;
    const std::int64_t most = std::stoll(pool_size);
    for (const char* const name : {"min_size", "max_size"}) {
        const settings_node* const size = pool->find(name);
        std::int64_t wanted = 0;
        if (size != nullptr && size->is == settings_node::kind::scalar
            && std::from_chars(size->text.data(), size->text.data() + size->text.size(), wanted).ec == std::errc{}
            && wanted > most)
            reader.wrong(size->where, std::string{"pool."}.append(name)
                                          + ": expected no more than connection_pool_size, " + pool_size + ", got '"
                                          + size->text + "'");
    }
}

settings_node& pool_of(settings_node& config)
{
    if (settings_node* const pool = config.find("pool"))
        return *pool;
    config.names.push_back({"pool", config.where});
    return config.items.emplace_back(settings_node::kind::map, config.where);
}

// Turns what all resources have into settings of the adapter and its pool.
void use_common_keys(settings_reader& reader, resource_parts& parts, const known_adapter& adapter)
{
    settings_node& config = parts.resource.config;
    const auto refuse = [&](const given_number& number, std::string_view why) {
        if (number.is_there())
            reader.wrong(number.where, std::string{"refused: "}.append(why));
    };
    if (parts.timeout.is_there() || parts.check_interval.is_there()) {
        set(reader, pool_of(config), "acquire_timeout", parts.timeout, "s");
        set(reader, pool_of(config), "validation_interval", parts.check_interval, "s");
    }
    const settings_node* const pool = config.find("pool");
    parts.resource.is_checked_periodically = pool != nullptr && pool->find("validation_interval") != nullptr;
    // how a custom adapter is pooled it says itself, unless the file does
    parts.resource.is_shared =
        adapter.is_shared || (parts.resource.type.text == "custom" && !parts.pool_size.is_there());
    parts.resource.pool_size = parts.pool_size.is_there() ? parts.pool_size.text : "10";
    if (!parts.resource.is_shared)
        check_sizes(reader, config, parts.resource.pool_size);
    if (adapter.is_shared)
        refuse(parts.pool_size, "everybody shares one resource of this type, so it has no pool");
    if (adapter.retries) {
        set(reader, config, "retry_count", parts.retry_attempts, "");
        set(reader, config, "retry_delay", parts.retry_delay, "s");
    } else {
        constexpr std::string_view why =
            "only the requests of http and llm are tried again; what cannot be had is told "
            "by the outcome of the run";
        refuse(parts.retry_attempts, why);
        refuse(parts.retry_delay, why);
    }
}

} // namespace

resource_description read_resource(settings_reader& reader, const settings_node& from)
{
    resource_parts parts{};
    parts.resource.name.where = parts.resource.type.where = parts.resource.config.where = from.where;
    static constexpr std::array<std::string_view, 2> required{"name", "type"};
    read_keys(reader, from, resource_keys, required, &parts);
    resource_description& resource = parts.resource;
    const known_adapter adapter = adapter_of(reader, resource);
    if (adapter.type.empty())
        return std::move(resource);
    resource.adapter = adapter.type;
    resource.header = adapter.header;
    use_common_keys(reader, parts, adapter);
    if (adapter.check != nullptr) {
        settings_node looked_at = resource.config;
        reader.leave_variables(looked_at);
        adapter.check(reader, looked_at);
    }
    return std::move(resource);
}

} // namespace steward::gen
