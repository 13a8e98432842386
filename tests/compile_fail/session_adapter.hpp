// SPDX-License-Identifier: BSL-1.0
#pragma once

struct session {};

/// An adapter with nothing wrong.
struct session_adapter {
    struct settings {};
    using resource_type = session;

    explicit session_adapter(settings) {}
    session create() { return {}; }
};

/// One that can validate.
struct validating_adapter : session_adapter {
    using session_adapter::session_adapter;
    bool validate(session&) { return true; }
};

/// One whose settings have no default.
struct configured_adapter {
    struct settings {
        int number;
        explicit settings(int n) : number{n} {}
    };
    using resource_type = session;

    explicit configured_adapter(settings) {}
    session create() { return {}; }
};
