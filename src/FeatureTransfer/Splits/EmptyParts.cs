namespace FeatureTransfer.Splits;

/// <summary>Rows that stay together, and how many they have of each label that is among them.</summary>
internal sealed record WholeGroup(IReadOnlyList<int> Rows, IReadOnlyList<(int Label, int Rows)> Counts);

/// <summary>A group and the part it is in.</summary>
internal readonly record struct PlacedGroup(WholeGroup Group, int Part);

/// <summary>Sees to it that no part of a split stays empty.</summary>
internal static class EmptyParts
{
    /// <summary>
    /// Gives each empty part one group. A part whose share is less than any group gets none by need alone, and a test without rows
    /// could judge nothing.
    /// </summary>
    public static void Fill(List<PlacedGroup> placed, int parts)
    {
        for (var part = 0; part < parts; part++)
        {
            if (!placed.Any(group => group.Part == part) && Donor(placed, parts) is { } donor)
                placed[donor] = placed[donor] with { Part = part };
        }
    }

    // A group that leaves others of its part behind; first one whose labels the part keeps, then a small one.
    private static int? Donor(List<PlacedGroup> placed, int parts)
    {
        var groupsOf = new int[parts];
        var groupsWith = new Dictionary<(int Part, int Label), int>();
        foreach (var (group, part) in placed)
        {
            groupsOf[part]++;
            foreach (var (label, _) in group.Counts)
                groupsWith[(part, label)] = groupsWith.GetValueOrDefault((part, label)) + 1;
        }

        var donors = Enumerable.Range(0, placed.Count).Where(i => groupsOf[placed[i].Part] > 1).ToList();
        if (donors.Count == 0)
            return null;
        return donors.MinBy(i => (IsLast(placed[i]), placed[i].Group.Rows.Count));

        bool IsLast(PlacedGroup place) => place.Group.Counts.Any(label => groupsWith[(place.Part, label.Label)] == 1);
    }
}
