using System.Reflection;
using Microsoft.ML;

namespace Engine.Tests.Surface;

/// <summary>What the engine declares under Microsoft.ML* and can be seen from outside.</summary>
internal static class EngineApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(MLContext).Assembly.GetTypes().Where(IsVisible).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    public static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(m => m is not Type && IsVisible(m));

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodInfo m => ApiShapes.IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)),
        MethodBase m => ApiShapes.IsVisible(m),
        FieldInfo f => !f.IsSpecialName && (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly),
        PropertyInfo p => ApiShapes.IsVisible(p.GetMethod) || ApiShapes.IsVisible(p.SetMethod),
        EventInfo e => ApiShapes.IsVisible(e.AddMethod),
        _ => false,
    };
}
