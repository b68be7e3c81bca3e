using System.Runtime.InteropServices;
using FeatureTransfer.Sql.DuckDb;

namespace FeatureTransfer.Tests.Sql;

[Platform("Linux")]
public class DuckDbMemoryTests
{
    [Test]
    public void EnsureLoaded_SettingsNotGiven_TellsTheAllocatorToKeepOnePool()
    {
        DuckDbLibrary.EnsureLoaded();
        Assert.That(Marshal.PtrToStringUTF8(Variable("DUCKDB_JE_MALLOC_CONF")), Is.EqualTo(Environment.GetEnvironmentVariable("DUCKDB_JE_MALLOC_CONF") ?? "narenas:1"));
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint Variable(string name);
}
