internal import CLDAP
internal import LDAP

/// The C form of a request's controls; freed with its owner.
@safe struct ControlList: ~Copyable {
    /// nil where there are none; lent for one call.
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?

    /// nil when there is no memory for it: a request must never go without a control that guards it.
    init?(_ controls: [Control]) {
        guard !controls.isEmpty else {
            unsafe pointer = nil
            return
        }
        let size = unsafe MemoryLayout<UnsafeMutablePointer<LDAPControl>?>.stride
        let slots = ber_len_t(controls.count + 1)
        guard let memory = unsafe ber_memcalloc(slots, ber_len_t(size))
        else { return nil }
        let array = unsafe memory.bindMemory(
            to: UnsafeMutablePointer<LDAPControl>?.self, capacity: controls.count + 1)
        for (index, control) in controls.enumerated() {
            guard unsafe Self.make(control, &array[index]) else {
                unsafe ldap_controls_free(array)
                return nil
            }
        }
        unsafe pointer = unsafe array
    }

    deinit {
        unsafe ldap_controls_free(pointer)
    }

    private static func make(
        _ control: Control, _ made: inout UnsafeMutablePointer<LDAPControl>?
    ) -> Bool {
        let critical: Int32 = control.isCritical ? 1 : 0
        guard var bytes = control.value else {
            return unsafe ldap_control_create(control.oid, critical, nil, 1, &made) == LDAP_SUCCESS
        }
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            // An empty value is not an absent one: libldap takes a null pointer for absent.
            var empty: CChar = 0
            return unsafe withUnsafeMutablePointer(to: &empty) { nothing in
                let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                var value = unsafe berval(
                    bv_len: ber_len_t(buffer.count), bv_val: start ?? nothing)
                return unsafe ldap_control_create(control.oid, critical, &value, 1, &made)
                    == LDAP_SUCCESS
            }
        }
    }
}
