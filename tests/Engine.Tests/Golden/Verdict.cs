namespace Engine.Tests.Golden;

/// <summary>Passes a case that agrees, or that is listed and differs; fails the others.</summary>
internal static class Verdict
{
    public static void Judge(string group, string id, IReadOnlyList<string> differences)
    {
        if (Exceptions.ReasonFor(group, id) is { } reason)
        {
            // What is listed is known to differ; the page of coverage tells why.
            Assert.That(differences, Is.Not.Empty, $"{group}/{id} agrees now: take it off the list ({reason}).");
            return;
        }

        Assert.That(differences, Is.Empty, () => string.Join(Environment.NewLine, differences.Take(12)));
    }
}
