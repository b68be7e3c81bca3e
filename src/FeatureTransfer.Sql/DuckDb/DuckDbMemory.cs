using System.Runtime.InteropServices;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>How DuckDB's allocator, which is jemalloc on Linux, keeps memory.</summary>
internal static partial class DuckDbMemory
{
    private const string Settings = "DUCKDB_JE_MALLOC_CONF";

    /// <summary>
    /// One pool of memory instead of some for every core: rows are read by whichever thread is free, and what one of them returned another
    /// would not find. Has to be said before the library is loaded, which reads it once. Settings of the user stay.
    /// </summary>
    public static void KeepInOnePool()
    {
        if (OperatingSystem.IsLinux())
            _ = SetVariable(Settings, "narenas:1", overwrite: 0);
    }

    // .NET's own variables are a copy that native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
