namespace Engine.Tests.Golden;

/// <summary>The defaults of options classes, as a case of a golden file lists them.</summary>
internal static class OptionDefaults
{
    /// <summary>How the members of new options differ from the list of this type.</summary>
    public static IReadOnlyList<string> Differences(string group, object options)
    {
        string type = options.GetType().FullName!.Replace('+', '.');
        var expected = GoldenFiles.Case(group, "options-defaults").GetProperty("result").EnumerateArray()
            .Single(o => type.EndsWith("." + o.GetProperty("$type").GetString()!, StringComparison.Ordinal));
        var comparison = new Comparison(0, 0) { Skips = name => name == "$type" };
        comparison.Compare("options", expected, Dump.Members(options));
        return comparison.Differences;
    }
}
