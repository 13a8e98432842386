// SPDX-License-Identifier: BSL-1.0
#include "row_buffer.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

/// The bytes behind a value; none if it has no text or blob.
std::span<const std::byte> bytes_of(const value& from) noexcept
{
    if (from.kind() == value_kind::text)
        return std::as_bytes(std::span{from.text()});
    return from.kind() == value_kind::blob ? from.blob() : std::span<const std::byte>{};
}

value with_bytes(const value& like, std::span<const std::byte> bytes) noexcept
{
    if (like.kind() == value_kind::text)
        return value{std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
    return like.kind() == value_kind::blob ? value{bytes} : like;
}

} // namespace

void row_buffer::add(std::span<const value> from)
{
    std::size_t size = 0;
    for (const value& each : from)
        size += bytes_of(each).size();
    row copy;
    copy.values.reserve(from.size());
    copy.bytes.resize(size);
    std::byte* free = copy.bytes.data();
    for (const value& each : from) {
        std::byte* const end = std::ranges::copy(bytes_of(each), free).out;
        copy.values.push_back(with_bytes(each, {free, end}));
        free = end;
    }
    rows_.push_back(std::move(copy));
}

bool row_buffer::next() noexcept
{
    if (started_)
        rows_.pop_front();
    return started_ = !rows_.empty();
}

void row_buffer::clear() noexcept
{
    rows_.clear();
    started_ = false;
}

} // namespace steward::inline v0::adapters::detail
