// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace steward::inline v0 {

/// Who holds a resource: a tag and a number, `{"state", 42}` reads `state_42`. Copying it never allocates.
///
/// The tag is static text: a literal, or a name that was interned when the owner was made.
struct owner_id {
    /// The value of `number` where there is none.
    static constexpr std::uint64_t no_number = std::numeric_limits<std::uint64_t>::max();

    const char* tag = nullptr;        ///< null: nobody, an anonymous lease
    std::uint64_t number = no_number; ///< behind the tag

    /// Whether it is somebody.
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return tag != nullptr; }
    constexpr bool operator==(const owner_id&) const = default;
};

/// `load_42`; `anonymous` for nobody.
[[nodiscard]] inline std::string to_string(const owner_id& id)
{
    std::string text{id.tag == nullptr ? "anonymous" : id.tag};
    if (id.tag != nullptr && id.number != owner_id::no_number)
        text.append(1, '_').append(std::to_string(id.number));
    return text;
}

} // namespace steward::inline v0
