// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/execution_number.hpp>
#include <steward/needs.hpp>
#include <steward/sml/detail/holder.hpp>
#include <steward/sml/detail/machine.hpp>
#include <steward/sml/detail/regions.hpp>
#include <steward/sml/holding.hpp>
#include <steward/sml/resources.hpp>

#include <boost/sml.hpp>

#include <utility>

/// Machines of Boost.Ext SML whose states hold what they need.
namespace steward::inline v0::sml {

/// A `boost::sml::sm<Machine, Policies...>` whose states hold what they need: a state's type says `using needs =
/// steward::needs<...>`, an action or a guard has a parameter `steward::sml::resources<state, manager>`, and nothing else of
/// the machine changes. It is built from the manager, then from the machine's dependencies, and must not outlive them.
///
/// When. A state's needs are taken when it is entered, before its on_entry; its guards, its on_exit and its actions have
/// them, those of the rows that leave it too; they are given back when the next state is entered. What that needs, too,
/// stays held as far as exclusive resources are still taken in the order of the catalog, so that machines that share them
/// cannot deadlock. All is taken, or nothing; an optional one that cannot be had is null. The owner is named after the
/// state: `processing_42`. Waiting ends as the needs and the resources say.
///
/// An exception, whatever threw it, gives back all that the machine holds, in all its regions. Which state it is in then is
/// SML's to say: an action that throws has left the source, and a state that cannot have what it needs is the machine's all
/// the same, as if its on_entry had thrown. Before the next guard or action of a state its needs are taken again. `exception`
/// rows see resource_error like any other; they hold nothing themselves. SML ends the program if an exception comes out of
/// dealing with one that an on_entry or on_exit threw.
///
/// Regions hold apart from one another. One may wait for what another one holds, of this machine or of one on another
/// thread, so the order of acquisition does not protect them: where several regions have needs that are not shared, limit
/// these, `steward::required("db").within(1s)`. A nested machine is written `state<steward::sml::holding<nested, manager>>`
/// and has one region. A state of any (`state<_>`) has no resources. Machines have no data and no needs of their own.
/// Threads: as SML's; with its `thread_safe` policy by several.
template <class Machine, class Manager, class... Policies>
class sm : detail::holder<Machine, Manager>, public boost::sml::sm<holding<Machine, Manager>, Policies...> {
    using holder = detail::holder<Machine, Manager>;
    using base = boost::sml::sm<holding<Machine, Manager>, Policies...>;

public:
    /// `dependencies` are the machine's own, as for `boost::sml::sm`.
    template <class... Dependencies>
    explicit sm(Manager& manager, Dependencies&&... dependencies)
        : sm{typename detail::whole<Machine>::machines{}, typename detail::whole<Machine>::states{}, manager,
             std::forward<Dependencies>(dependencies)...}
    {
    }
    sm(const sm&) = delete;
    sm& operator=(const sm&) = delete;

private:
    template <class... Machines, class... States, class... Dependencies>
    sm(detail::list<Machines...>, detail::list<States...>, Manager& manager, Dependencies&&... dependencies)
        : holder{manager, steward::detail::next_execution()},
          base{holder::keepers_, static_cast<detail::regions<Machines, Manager>&>(*this)...,
               static_cast<detail::owner_in_state<States, Manager>&>(*this)...,
               static_cast<resources<States, Manager>&>(*this)..., std::forward<Dependencies>(dependencies)...}
    {
    }
};

} // namespace steward::inline v0::sml
