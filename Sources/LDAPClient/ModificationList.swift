internal import CLDAP
internal import LDAP

/// The C form of a modify request's changes; freed with its owner.
@safe struct ModificationList: ~Copyable {
    /// Lent for one call.
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<LDAPMod>?>

    /// nil when there is no memory for it.
    init?(_ modifications: [Modification]) {
        typealias Slot = UnsafeMutablePointer<LDAPMod>?
        guard let array = unsafe Self.allocate(Slot.self, modifications.count + 1) else {
            return nil
        }
        for (index, modification) in modifications.enumerated() {
            guard let made = unsafe Self.make(modification) else {
                unsafe ldap_mods_free(array, 1)
                return nil
            }
            unsafe array[index] = unsafe made
        }
        unsafe pointer = unsafe array
    }

    deinit {
        unsafe ldap_mods_free(pointer, 1)
    }

    /// What is half made is freed by `ldap_mods_free`, so each part is attached as soon as it is there.
    private static func make(_ modification: Modification) -> UnsafeMutablePointer<LDAPMod>? {
        guard let made = unsafe allocate(LDAPMod.self, 1) else { return nil }
        unsafe made.pointee.mod_op = code(modification.kind) | LDAP_MOD_BVALUES
        unsafe made.pointee.mod_type = ber_strdup(modification.attribute.spelling)
        guard !modification.values.isEmpty else { return unsafe made }
        typealias Slot = UnsafeMutablePointer<berval>?
        guard let values = unsafe allocate(Slot.self, modification.values.count + 1) else {
            return nil
        }
        unsafe made.pointee.mod_vals.modv_bvals = unsafe values
        for (index, value) in modification.values.enumerated() {
            unsafe values[index] = unsafe copy(value.bytes)
        }
        return unsafe made
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<berval>? {
        unsafe bytes.withUnsafeBytes { buffer in
            // ber_mem2bv copies; an empty value still gets a pointer of its own.
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe start == nil
                ? ber_str2bv("", 0, 1, nil) : ber_mem2bv(start, ber_len_t(buffer.count), 1, nil)
        }
    }

    private static func code(_ kind: Modification.Kind) -> Int32 {
        switch kind {
        case .add: LDAP_MOD_ADD
        case .delete: LDAP_MOD_DELETE
        case .replace: LDAP_MOD_REPLACE
        }
    }

    /// Zeroed memory that libldap may free.
    private static func allocate<Item>(
        _ type: Item.Type, _ count: Int
    ) -> UnsafeMutablePointer<Item>? {
        unsafe ber_memcalloc(ber_len_t(count), ber_len_t(MemoryLayout<Item>.stride))?
            .bindMemory(to: type, capacity: count)
    }
}
