using System.Collections;
using System.Reflection;

namespace Engine.Tests.Golden.Code;

/// <summary>No case that is C# code goes unnoticed: it has a test here, or it is listed with its reason.</summary>
[TestFixture]
public class CodeCasesTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    [TestCaseSource(typeof(GoldenFiles), nameof(GoldenFiles.Groups))]
    public void CodeCases_OfAGroup_AreTestedOrListed(string group)
    {
        var code = GoldenFiles.Cases(group).Where(c => c.TryGetProperty("code", out _)).Select(c => c.GetProperty("id").GetString()!).ToArray();
        var listed = Exceptions.All.Where(e => e.Group == group).Select(e => e.Id);

        Assert.That(code.Except(Tested(group)).Except(listed), Is.Empty, "Neither tested in Golden/Code nor listed in Golden/Lists.");
    }

    [TestCaseSource(typeof(GoldenFiles), nameof(GoldenFiles.Groups))]
    public void Lists_OfAGroup_NameCasesThatExist(string group)
    {
        var cases = GoldenFiles.Cases(group).Select(c => c.GetProperty("id").GetString()!);

        Assert.That(Exceptions.All.Where(e => e.Group == group).Select(e => e.Id).Except(cases), Is.Empty);
    }

    /// <summary>The ids of the cases that have a test: the first arguments of the tests of the group's class.</summary>
    private static IEnumerable<string> Tested(string group) => typeof(CodeCases).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(CodeCases)) && !t.IsAbstract)
        .Where(t => ((CodeCases)Activator.CreateInstance(t)!).Group == group)
        .SelectMany(t => t.GetMethods(Any)).SelectMany(Ids);

    private static IEnumerable<string> Ids(MethodInfo method) => method.GetCustomAttributes<TestCaseAttribute>()
        .Select(a => (string)a.Arguments[0]!)
        .Concat(method.GetCustomAttributes<TestCaseSourceAttribute>().SelectMany(a => Source(method.DeclaringType!, a.SourceName!)));

    private static IEnumerable<string> Source(Type type, string name) => ((IEnumerable)type.GetMethod(name, Any)!.Invoke(null, null)!)
        .Cast<object>().Select(o => o is TestCaseData data ? (string)data.Arguments[0]! : (string)o);
}
