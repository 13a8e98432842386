// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/catalog.hpp>
#include <steward/configuration.hpp>
#include <steward/fixed_string.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/resource.hpp>
#include <steward/setting_words.hpp>
#include <steward/settings/detail/fields.hpp>
#include <steward/settings/detail/read_value.hpp>
#include <steward/settings/detail/reader.hpp>
#include <steward/settings/error.hpp>

#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/concept/struct.hpp>

#include <array>
#include <concepts>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

BOOST_HANA_ADAPT_STRUCT(steward::pool_options, min_size, max_size, acquire_timeout, idle_timeout, max_lifetime,
                        validation_interval, keepalive, max_waiting, max_creating, create_in_background);
BOOST_HANA_ADAPT_STRUCT(steward::shared_options, acquire_timeout, validation_interval);

namespace steward::inline v0 {

namespace detail {

/// The text of a settings file, and its name for messages.
[[nodiscard]] std::string read_settings_file(const std::filesystem::path& file);

template <class T>
concept can_be_read = boost::hana::Struct<T>::value;

/// The settings and options of one resource.
template <class Resource, class Defaults>
struct resource_settings {
    using settings_type = typename Resource::settings;
    using options_type = typename Resource::template decided<Defaults>::traits::pooling::options;
    static_assert(std::default_initializable<settings_type>,
                  "steward::settings: the settings of an adapter that are read from a file need default values");

    settings_type settings{};
    options_type options{};

    /// Reads both from what stands under the resource's name.
    void read(settings_reader& reader, const settings_node& from)
    {
        static constexpr auto fields = both_fields();
        const std::vector<bool> given = reader.read_members(from, "key", fields, this);
        if constexpr (checks_its_settings<typename Resource::adapter>)
            if (!from.broken && (from.is == settings_node::kind::map || from.is == settings_node::kind::nothing))
                find_missing(reader, from, given);
    }

private:
    static void read_options(settings_reader& reader, const settings_node& from, void* object)
    {
        static_cast<void>(read_struct(reader, from, static_cast<resource_settings*>(object)->options));
    }
    template <std::size_t I>
    static void read_setting(settings_reader& reader, const settings_node& from, void* object)
    {
        fields_of<settings_type>[I].read(reader, from, &static_cast<resource_settings*>(object)->settings);
    }
    // The fields of the settings, and `pool` for the options, where those can be read.
    static constexpr auto both_fields()
    {
        if constexpr (can_be_read<settings_type>)
            return []<std::size_t... Is>(std::index_sequence<Is...>) {
                return with_options(settings_field{fields_of<settings_type>[Is].name, &read_setting<Is>}...);
            }(std::make_index_sequence<fields_of<settings_type>.size()>{});
        else
            return with_options();
    }
    template <class... Fields>
    static constexpr auto with_options(Fields... fields)
    {
        if constexpr (can_be_read<options_type>)
            return std::array<settings_field, sizeof...(fields) + 1>{fields..., settings_field{"pool", &read_options}};
        else
            return std::array<settings_field, sizeof...(fields)>{fields...};
    }

    // What the adapter finds wrong with a field that is not there is said here, too: with its place in the file.
    void find_missing(settings_reader& reader, const settings_node& from, const std::vector<bool>& given)
        requires can_be_read<settings_type>
    {
        std::vector<configuration_problem> problems;
        configuration_check check{Resource::name.view(), problems};
        Resource::adapter::check(settings, check);
        const auto& fields = fields_of<settings_type>;
        for (const configuration_problem& problem : problems)
            for (std::size_t i = 0; i != fields.size(); ++i)
                if (problem.field == fields[i].name && !given[i])
                    reader.wrong(from.where, std::string{fields[i].name} + " is missing: " + problem.message);
    }
    void find_missing(settings_reader&, const settings_node&, const std::vector<bool>&) {}
};

template <fixed_string Name, class Resource, class Defaults>
struct settings_leaf {
    resource_settings<Resource, Defaults> of{};

    /// Reads it into its leaf among those at `object`.
    template <class Leaves>
    static void read(settings_reader& reader, const settings_node& from, void* object)
    {
        static_cast<settings_leaf&>(*static_cast<Leaves*>(object)).of.read(reader, from);
    }
    [[nodiscard]] auto configured() const
    {
        return steward::configured<Name, typename Resource::adapter, typename decltype(of)::options_type>{of.settings,
                                                                                                          of.options};
    }
};
template <fixed_string Name, class Resource, class Defaults>
constexpr settings_leaf<Name, Resource, Defaults>& leaf_named(settings_leaf<Name, Resource, Defaults>& leaf) noexcept
{
    return leaf;
}

template <class... Leaves>
struct settings_leaves : Leaves... {
    static constexpr std::array<settings_field, sizeof...(Leaves)>
    fields(std::array<std::string_view, sizeof...(Leaves)> names)
    {
        return [&]<std::size_t... Is>(std::index_sequence<Is...>) {
            return std::array<settings_field, sizeof...(Leaves)>{
                settings_field{names[Is], &Leaves::template read<settings_leaves>}...};
        }(std::index_sequence_for<Leaves...>{});
    }
};

/// Some of the leaves.
template <class... Leaves>
struct leaf_list {
    template <class Manager, class All>
    static Manager make(const All& all)
    {
        return Manager{static_cast<const Leaves&>(all).configured()...};
    }
};
template <class... Left, class... Right>
leaf_list<Left..., Right...> operator+(leaf_list<Left...>, leaf_list<Right...>);

template <class Catalog>
struct settings_of;
template <class... Policies, class... Resources>
struct settings_of<catalog<defaults<Policies...>, Resources...>> {
    using leaves = settings_leaves<settings_leaf<Resources::name, Resources, defaults<Policies...>>...>;
    static constexpr std::array<std::string_view, sizeof...(Resources)> names{Resources::name.view()...};

    /// The leaves of those resources that a manager has.
    template <class Manager>
    using chosen =
        decltype((leaf_list<>{} + ...
                  + std::conditional_t<Manager::template has<Resources::name>,
                                       leaf_list<settings_leaf<Resources::name, Resources, defaults<Policies...>>>,
                                       leaf_list<>>{}));
};
template <class... Resources>
struct settings_of<catalog<Resources...>> : settings_of<catalog<defaults<>, Resources...>> {};

} // namespace detail

/// The settings of all resources of a catalog, from one file: under each resource's name its adapter's settings, and under
/// `pool` its options.
///
///     database:
///       connection: ${DATABASE:-data.db}
///       pool: {max_size: 4, acquire_timeout: 5s}
///
/// What is not there keeps its default. Everything that is wrong, unknown keys among it, is told by one `settings_error`.
/// `${V}` is replaced by the environment's value, which no message shows: it is an error if there is none, unless as
/// `${V:default}` or `${V:-default}` (which is taken for an empty value, too); `${V:?text}` is an error with that text;
/// `$${` is `${` itself. Within YAML's braces a variable needs quotes: `{port: "${PORT}"}`. Times are `500ms`, `5s`, `2min`,
/// `1h`, or a number of seconds.
///
/// Threads: reading is for one, what was read may be looked at by several.
template <class Catalog>
class settings {
    using parts = detail::settings_of<Catalog>;
    using leaves = typename parts::leaves;

public:
    settings() = default;

    /// From YAML; `file` is its name in messages. Throws `settings_error`.
    [[nodiscard]] static settings from_yaml(std::string_view text, std::string_view file = "settings")
    {
        detail::settings_reader reader{file};
        return read(reader, reader.parse_yaml(text));
    }
    /// From JSON, in the same form.
    [[nodiscard]] static settings from_json(std::string_view text, std::string_view file = "settings")
    {
        detail::settings_reader reader{file};
        return read(reader, reader.parse_json(text));
    }
    /// From a file: JSON if its name ends in `.json`, otherwise YAML. Throws `settings_error`, also if it cannot be read.
    [[nodiscard]] static settings from_file(const std::filesystem::path& file)
    {
        const std::string text = detail::read_settings_file(file);
        return file.extension() == ".json" ? from_json(text, file.string()) : from_yaml(text, file.string());
    }

    /// The settings of one resource, to look at or to change.
    template <fixed_string Name>
    [[nodiscard]] auto& get(name_constant<Name> = {}) noexcept
    {
        return detail::leaf_named<Name>(leaves_).of.settings;
    }
    /// The options of its pool.
    template <fixed_string Name>
    [[nodiscard]] auto& options(name_constant<Name> = {}) noexcept
    {
        return detail::leaf_named<Name>(leaves_).of.options;
    }

    /// A manager of some of the catalog's resources, such as `manager_for<Fsm, Catalog>`, with these settings. Throws
    /// `configuration_error` for values that can be read, but not be used.
    template <class Manager>
    [[nodiscard]] Manager make() const
    {
        return parts::template chosen<Manager>::template make<Manager>(leaves_);
    }

private:
    [[nodiscard]] static settings read(detail::settings_reader& reader, const detail::settings_node& from)
    {
        settings result;
        static constexpr auto fields = leaves::fields(parts::names);
        reader.read_members(from, "resource", fields, &result.leaves_);
        reader.finish();
        return result;
    }

    leaves leaves_{};
};

} // namespace steward::inline v0
