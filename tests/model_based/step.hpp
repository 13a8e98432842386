// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <string_view>

namespace steward::test {

/// What is done to a manager in one step.
enum class action {
    acquire,
    release,
    discard,
    owner_acquires,
    owner_releases,
    maintain,
    validate,
    resize,
    suspend,
    resume,
    refresh,
    close,
    reopen,
    acquire_for_less_than_nothing,
    creating_fails_or_not,
    validating_fails_or_not,
    resetting_fails_or_not,
    destroying_fails_or_not,
};

[[nodiscard]] constexpr std::string_view to_string(action what) noexcept
{
    constexpr std::string_view names[] = {"acquire",
                                          "release",
                                          "discard",
                                          "owner acquires",
                                          "owner releases",
                                          "maintain",
                                          "validate",
                                          "resize",
                                          "suspend",
                                          "resume",
                                          "refresh",
                                          "close",
                                          "reopen",
                                          "acquire for less than nothing",
                                          "creating fails or not",
                                          "validating fails or not",
                                          "resetting fails or not",
                                          "destroying fails or not"};
    return names[static_cast<int>(what)];
}

/// Every step can be done in every state, so that a sequence that fails can be shortened anywhere. `number` says which
/// lease, how long, how large.
struct step {
    action what;
    unsigned char number;
};

inline std::ostream& operator<<(std::ostream& out, const step& s)
{
    return out << to_string(s.what) << " (" << static_cast<int>(s.number) << ')';
}

} // namespace steward::test

namespace rc {

template <>
struct Arbitrary<steward::test::step> {
    static Gen<steward::test::step> arbitrary()
    {
        using steward::test::action;
        return gen::build<steward::test::step>(
            gen::set(&steward::test::step::what,
                     gen::weightedElement<action>({{30, action::acquire},
                                                   {20, action::release},
                                                   {6, action::discard},
                                                   {6, action::owner_acquires},
                                                   {5, action::owner_releases},
                                                   {10, action::maintain},
                                                   {5, action::validate},
                                                   {6, action::resize},
                                                   {3, action::suspend},
                                                   {5, action::resume},
                                                   {3, action::refresh},
                                                   {1, action::close},
                                                   {3, action::reopen},
                                                   {1, action::acquire_for_less_than_nothing},
                                                   {4, action::creating_fails_or_not},
                                                   {4, action::validating_fails_or_not},
                                                   {2, action::resetting_fails_or_not},
                                                   {2, action::destroying_fails_or_not}})),
            gen::set(&steward::test::step::number, gen::resize(kNominalSize, gen::arbitrary<unsigned char>())));
    }
};

} // namespace rc
