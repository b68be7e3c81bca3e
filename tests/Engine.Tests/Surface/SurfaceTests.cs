using System.Reflection;

namespace Engine.Tests.Surface;

/// <summary>The engine may lack members of ML.NET; it may not invent any, nor change one.</summary>
[TestFixture]
public class SurfaceTests
{
    private static IEnumerable<TestCaseData> Types() => EngineApi.Types.Select(t => new TestCaseData(t).SetArgDisplayNames(t.FullName!));

    [TestCaseSource(nameof(Types))]
    public void Type_OfTheEngine_IsAsInMLNet(Type type)
    {
        Assert.That(MLNetApi.Entries, Contains.Key(ApiIds.Of(type)), "ML.NET has no such type.");
        var entry = MLNetApi.Entries[ApiIds.Of(type)];

        Assert.Multiple(() =>
        {
            Assert.That(ApiShapes.Kind(type), Is.EqualTo(entry.Kind));
            Assert.That(ApiShapes.Ancestors(type).Except(entry.Ancestors), Is.Empty, "ML.NET's has no such base or interface.");
            Assert.That(EngineApi.Members(type).Select(Fault).OfType<string>(), Is.Empty, "Members differ from ML.NET's.");
        });
    }

    [Test]
    public void Ids_OfTheLists_AreFoundByReflection()
    {
        // A reader of ids that finds nothing would let everything pass.
        int found = EngineApi.Types.Sum(t => EngineApi.Members(t).Count(m => MLNetApi.Entries.ContainsKey(ApiIds.Of(m))));

        Assert.That(found, Is.GreaterThan(400));
    }

    private static string? Fault(MemberInfo member)
    {
        if (!MLNetApi.Entries.TryGetValue(ApiIds.Of(member), out var entry))
            return IsOverride(member) ? null : $"{ApiIds.Of(member)} {ApiShapes.Of(member)}: not in ML.NET";
        return entry.Shape == ApiShapes.Of(member) ? null : $"{entry.Id} {ApiShapes.Of(member)}: ML.NET has {entry.Shape}";
    }

    // An override can be called in ML.NET too, where a base class declares it; that one is held against the lists itself.
    private static bool IsOverride(MemberInfo member) => member switch
    {
        MethodInfo m => m.GetBaseDefinition() != m,
        PropertyInfo p => (p.GetMethod ?? p.SetMethod)! is var accessor && accessor.GetBaseDefinition() != accessor,
        _ => false,
    };
}
