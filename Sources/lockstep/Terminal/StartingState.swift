internal import Glibc

/// The image of a process that crashed.
enum CoreDump {
    /// No core is made of this process: a password may be in its memory.
    ///
    /// A limit of one byte, because with one of none the kernel still pipes a core to the program in
    /// core_pattern (core(5), do_coredump in fs/coredump.c).
    static func forbid() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else {
            return
        }
        let most = min(limit.rlim_max, 1)
        limit = rlimit(rlim_cur: most, rlim_max: most)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}

/// Descriptors 0, 1 and 2.
enum StandardDescriptors {
    /// Opens /dev/null for reading in the place of those that are closed, so that writing to them fails
    /// as it would have.
    ///
    /// Without it the first socket or file that is opened would become stdout, and results would be
    /// written into it. To be called before anything else is opened.
    static func fill() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // open(2) takes the lowest free number, which is this one.
            _ = unsafe open("/dev/null", O_RDONLY)
        }
    }
}
