// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/state_scope.hpp>
#include <steward/msm/detail/keepers.hpp>

#include <boost/mpl/back_inserter.hpp>
#include <boost/mpl/transform.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/common_types.hpp>
#include <boost/msm/row_tags.hpp>

#include <type_traits>

namespace steward::inline v0::msm::detail {

/// Gives everything back on the way of an exception.
template <class Manager>
using unless_it_throws = steward::detail::unless_kept<keepers<Manager>, &keepers<Manager>::give_back_all>;

/// How the machine that MSM gives to a row knows its keepers.
struct access {
    template <class Fsm>
    [[nodiscard]] static auto& keepers_of(Fsm& fsm) noexcept
    {
        return *fsm.keepers_;
    }
    template <class Fsm>
    [[nodiscard]] static const void* identity_of(Fsm& fsm) noexcept
    {
        return fsm.identity();
    }
};

template <class Tag>
inline constexpr bool stays =
    std::is_same_v<Tag, boost::msm::irow_tag> || std::is_same_v<Tag, boost::msm::a_irow_tag>
    || std::is_same_v<Tag, boost::msm::g_irow_tag> || std::is_same_v<Tag, boost::msm::_irow_tag>;

/// What MSM calls for a row, around what it would have called.
template <class Manager, class Row>
struct row : Row {
    using Source = typename Row::Source;
    using Target = typename Row::Target;
    using row_type_tag =
        std::conditional_t<stays<typename Row::row_type_tag>, boost::msm::irow_tag, boost::msm::row_tag>;

    template <class Fsm, class Event, class From, class To, class All>
    static bool guard_call(Fsm& fsm, const Event& event, From& from, To& to, All& all)
    {
        unless_it_throws<Manager> undo{access::keepers_of(fsm)};
        if constexpr (has_needs<Source>)
            access::keepers_of(fsm).template be_in<Source>(access::identity_of(fsm));
        bool goes = true;
        if constexpr (requires { Row::guard_call(fsm, event, from, to, all); })
            goes = Row::guard_call(fsm, event, from, to, all);
        undo.keep();
        return goes;
    }

    template <class Fsm, class Event, class From, class To, class All>
    static boost::msm::back::HandledEnum action_call(Fsm& fsm, const Event& event, From& from, To& to, All& all)
    {
        unless_it_throws<Manager> undo{access::keepers_of(fsm)};
        auto handled = boost::msm::back::HANDLED_TRUE;
        if constexpr (requires { Row::action_call(fsm, event, from, to, all); })
            handled = Row::action_call(fsm, event, from, to, all);
        if constexpr (!stays<typename Row::row_type_tag>)
            access::keepers_of(fsm).template go<Source, Target>(access::identity_of(fsm));
        undo.keep();
        return handled;
    }
};

template <class Manager, class Row>
struct held_row {
    using type = row<Manager, Row>;
};
// A row of the machine itself, which starts from no state.
template <class Manager, class Row>
    requires(!requires { typename Row::Source; })
struct held_row<Manager, Row> {
    using type = Row;
};

template <class Manager>
struct hold_rows {
    template <class Row>
    struct apply : held_row<Manager, Row> {};
};

/// A machine's table, with these rows.
template <class Table, class Manager>
using held_table =
    typename boost::mpl::transform<Table, hold_rows<Manager>, boost::mpl::back_inserter<boost::mpl::vector<>>>::type;

} // namespace steward::inline v0::msm::detail
