namespace Engine.Tests.Golden;

/// <summary>Passes a case that agrees, or that is listed and differs; fails the others.</summary>
internal static class Verdict
{
    public static void Judge(string group, string id, IReadOnlyList<string> differences)
    {
        if (Exceptions.ReasonFor(group, id) is { } reason)
        {
            Assert.That(differences, Is.Not.Empty, $"{group}/{id} agrees now: take it off the list ({reason}).");
            Assert.Pass($"Listed as different: {reason}");
        }
        Assert.That(differences, Is.Empty, () => string.Join(Environment.NewLine, differences.Take(12)));
    }
}
