// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/resource_core.hpp>

namespace steward::inline v0::detail {

/// One attempt at a resource, as the health policy sees it: admitted or not, and where it was a probe, how it ended.
template <class Core>
class admitted {
public:
    explicit admitted([[maybe_unused]] Core& core) noexcept : core_{core}
    {
        if constexpr (asks)
            said_ = Core::health::admit(core.states.health);
    }
    admitted(const admitted&) = delete;
    admitted& operator=(const admitted&) = delete;
    ~admitted()
    {
        if constexpr (asks)
            if (said_ == admission::probe)
                Core::health::on_probe_ended(core_.states.health, good_);
    }

    [[nodiscard]] explicit operator bool() const noexcept { return said_ != admission::refused; }
    [[nodiscard]] bool probes() const noexcept { return said_ == admission::probe; }
    /// A resource was created that nobody has yet.
    void ended_well() noexcept { good_ = Core::creating_proves; }
    /// A lease was got. Where a probe lasts as long as it this is not its end.
    template <class Probe>
    void ended_well([[maybe_unused]] Probe& of_lease) noexcept
    {
        if constexpr (!Probe::lasts) {
            good_ = true;
        } else if (probes()) {
            of_lease.begin();
            said_ = admission::granted;
        }
    }

private:
    static constexpr bool asks = admits<typename Core::health>;

    Core& core_;
    admission said_ = admission::granted;
    bool good_ = false;
};

} // namespace steward::inline v0::detail
