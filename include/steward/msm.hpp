// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/state.hpp>
#include <steward/msm/detail/keepers.hpp>
#include <steward/msm/detail/row.hpp>
#include <steward/msm/resources.hpp>

#include <boost/mpl/for_each.hpp>
#include <boost/mpl/identity.hpp>
#include <boost/mpl/if.hpp>
#include <boost/mpl/is_sequence.hpp>
#include <boost/mpl/placeholders.hpp>
#include <boost/mpl/vector.hpp>

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

/// Machines of Boost.MSM whose states hold what they need.
namespace steward::inline v0::msm {

/// A front-end of Boost.MSM whose states hold what they need: a state says `using needs = steward::needs<...>`, an action
/// asks the machine for `fsm.resources(source)`, a `steward::msm::resources<state, manager>`, and nothing else of the
/// front-end changes. The machine is `back::state_machine<steward::msm::holding<front, manager>>`, built from
/// `std::ref(manager)` and what the front-end takes.
///
/// When. A state's needs are taken when it is entered, before its on_entry; its guards, its on_exit and its actions have
/// them, those of the rows that leave it too; they are given back after these. What the next state needs, too, stays held as
/// far as exclusive resources are still taken in the order of the catalog, so that machines that share them cannot
/// deadlock. All is taken, or nothing; an optional one that cannot be had is null. The owner is named after the state.
/// `stop`, like the end of the machine, gives back everything.
///
/// An exception gives back all that the machine holds, before the front-end's `exception_caught` is told. Which state it is
/// in then is MSM's to say: the source, unless an active_state_switch policy says otherwise; so it is when the target cannot
/// have what it needs. Before the next guard or action of a state its needs are taken again. MSM itself does not see what
/// is no std::exception; out of an on_entry or on_exit that leaves its state's resources held.
///
/// Regions hold apart from one another. One may wait for what another one holds, of this machine or of one on another
/// thread, so the order of acquisition does not protect them: where several regions have needs that are not shared, limit
/// these, `steward::required("db").within(1s)`. A nested machine is a `back::state_machine<holding<nested, manager>>`, too;
/// history and explicit entries are not for machines with needs. Threads: as MSM's, one at a time.
template <class Front, class Manager>
class holding : public Front {
    static_assert(!detail::has_needs<Front>, "steward::msm: a machine declares needs; its states have to");

public:
    /// The front-end's, with rows that see to the resources.
    using transition_table = detail::held_table<typename Front::transition_table, Manager>;

    /// A nested machine, which holds by what the outer one has.
    holding() = default;
    /// The outermost one; what follows the manager is for the front-end.
    template <class... Args>
    explicit holding(Manager& resources, Args&&... args)
        : Front(std::forward<Args>(args)...), own_{std::make_unique<detail::keepers<Manager>>(resources)},
          keepers_{own_.get()}
    {
    }

    /// What a state needs, while the machine is in it: for an action, or a guard, of a row that starts from the state, and
    /// for its on_entry and on_exit. Throws std::logic_error where the machine is not in that state.
    template <class State>
    [[nodiscard]] msm::resources<State, Manager> resources(const State&)
    {
        return msm::resources<State, Manager>{keepers_->template holder<State>()};
    }

    /// What MSM calls: the front-end's own, and what becomes of the resources.
    /// @{
    template <class Event, class Fsm>
    void on_entry(const Event& event, Fsm& fsm)
    {
        if constexpr (!std::is_base_of_v<holding, Fsm>)
            keepers_ = &detail::access::keepers_of(fsm);
        detail::unless_it_throws<Manager> undo{*keepers_};
        Front::on_entry(event, fsm);
        boost::mpl::for_each<initial_states, boost::mpl::make_identity<>>([this](auto state) {
            using initial = typename decltype(state)::type;
            if constexpr (detail::has_needs<initial>)
                keepers_->template be_in<initial>(identity());
        });
        undo.keep();
    }
    template <class Event, class Fsm>
    void on_exit(const Event& event, Fsm& fsm)
    {
        detail::unless_it_throws<Manager> undo{*keepers_};
        Front::on_exit(event, fsm);
        undo.keep();
        keepers_->give_back(identity());
    }
    template <class Fsm, class Event>
    void exception_caught(const Event& event, Fsm& fsm, std::exception& error)
    {
        detail::keepers<Manager>::give_back_all(*keepers_);
        Front::exception_caught(event, fsm, error);
    }
    /// @}

private:
    friend detail::access;

    using initial_states =
        typename boost::mpl::if_<boost::mpl::is_sequence<typename Front::initial_state>, typename Front::initial_state,
                                 boost::mpl::vector<typename Front::initial_state>>::type;

    [[nodiscard]] const void* identity() const noexcept { return this; }

    std::unique_ptr<detail::keepers<Manager>> own_{};
    detail::keepers<Manager>* keepers_ = nullptr;
};

} // namespace steward::inline v0::msm
