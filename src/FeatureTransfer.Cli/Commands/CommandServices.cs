using FeatureTransfer.Sql;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What all commands share.</summary>
internal static class CommandServices
{
    /// <summary>The library's defaults, and SQL.</summary>
    public static FeatureTransferServices Default { get; } = FeatureTransferServices.Default with { Sql = new SqlEngine() };
}
