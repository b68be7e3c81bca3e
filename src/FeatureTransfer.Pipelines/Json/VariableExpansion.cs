using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Json;

/// <summary>Puts values of the environment into strings: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$${</c> stands for <c>${</c>.</summary>
internal sealed partial class VariableExpansion(Func<string, string?> variable, ICollection<PipelineFault> faults)
{
    /// <summary>The same tree with all its strings expanded.</summary>
    public LocatedNode Expand(LocatedNode node) => node switch
    {
        LocatedText text => text with { Value = ExpandText(text) },
        LocatedArray array => array with { Items = [.. array.Items.Select(Expand)] },
        LocatedObject o => o with { Members = [.. o.Members.Select(m => m with { Value = Expand(m.Value) })] },
        _ => node,
    };

    private string ExpandText(LocatedText text) => Pattern().Replace(text.Value, match =>
    {
        if (match.Groups["escaped"].Success)
            return "${";
        string name = match.Groups["name"].Value;
        if (variable(name) is { Length: > 0 } value)
            return value;
        if (match.Groups["default"].Success)
            return match.Groups["default"].Value;
        faults.Add(new PipelineFault(
            text.Place,
            $"the environment variable {name} is not set; set it, or give a default: ${{{name}:-value}}"));
        return match.Value;
    });

    [GeneratedRegex(@"(?<escaped>\$\$\{)|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}")]
    private static partial Regex Pattern();
}
