using System.Runtime.InteropServices;
using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests.Sql;

[Platform("Linux")]
public class DuckDbMemoryTests
{
    [Test]
    public void Read_SettingsNotGiven_TellsTheAllocatorToKeepOnePool()
    {
        using var reader = new SqlEngine().Read(new SqlQuery("SELECT 1"));
        Assert.That(Marshal.PtrToStringUTF8(Variable("DUCKDB_JE_MALLOC_CONF")), Is.EqualTo(Environment.GetEnvironmentVariable("DUCKDB_JE_MALLOC_CONF") ?? "narenas:1"));
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint Variable(string name);
}
