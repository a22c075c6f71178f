package import Identity

/// Proof that what is written is written within a transaction of the store; ``Store/write(_:)`` makes it.
///
/// It can't be kept beyond the transaction: it is never copied, and is only lent.
package struct Transaction: ~Copyable {
    /// For what is read on the way.
    package let store: Store

    init(store: Store) {
        self.store = store
    }

    /// Only a store's own transaction gets at what writes.
    var database: Database { store.database }

    /// Appends to the audit log; `STORE.head` follows once the transaction is durable.
    @discardableResult
    package func append(_ event: AuditEvent) throws(StoreError) -> AuditHead {
        try store.audit.append(event)
    }
}
