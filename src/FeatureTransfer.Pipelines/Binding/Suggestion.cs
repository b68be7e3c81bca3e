namespace FeatureTransfer.Pipelines.Binding;

/// <summary>The words "did you mean" for an unknown name.</summary>
internal static class Suggestion
{
    /// <summary>A phrase that starts with a comma, or nothing when no known name is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        IReadOnlyList<string> near = NearestName.Find(name, known, 1);
        return near.Count > 0 ? $", did you mean \"{near[0]}\"" : "";
    }
}
