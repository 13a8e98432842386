// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/settings/detail/reader.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace steward::inline v0::detail {

template <class T>
void read_value(settings_reader& reader, const settings_node& from, T& value);

template <class Struct, class Accessor>
void read_field(settings_reader& reader, const settings_node& from, void* object)
{
    read_value(reader, from, boost::hana::second(Accessor{})(*static_cast<Struct*>(object)));
}

/// The members of a Hana struct, in its order.
template <class Struct>
inline constexpr auto fields_of = boost::hana::unpack(boost::hana::accessors<Struct>(), [](auto... accessors) {
    return std::array<settings_field, sizeof...(accessors)>{settings_field{
        boost::hana::to<const char*>(boost::hana::first(accessors)), &read_field<Struct, decltype(accessors)>}...};
});

/// Which of its members were there.
template <class Struct>
std::vector<bool> read_struct(settings_reader& reader, const settings_node& from, Struct& into)
{
    return reader.read_members(from, "key", fields_of<Struct>, &into);
}

} // namespace steward::inline v0::detail
