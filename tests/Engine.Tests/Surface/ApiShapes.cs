using System.Globalization;
using System.Reflection;

namespace Engine.Tests.Surface;

/// <summary>What the lists say of a type or member beside its id: kind, types, parameter names, defaults.</summary>
internal static class ApiShapes
{
    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo => "",
        MethodInfo m => ApiIds.Reference(m.ReturnType) + Parameters(m.GetParameters()),
        PropertyInfo p => $"{ApiIds.Reference(p.PropertyType)} {Accessor("get;", p.GetMethod)}{Accessor("set;", p.SetMethod)}",
        FieldInfo { DeclaringType.IsEnum: true } f => $"{ApiIds.Reference(f.FieldType)} = {Convert.ToString(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo f => ApiIds.Reference(f.FieldType),
        EventInfo e => ApiIds.Reference(e.EventHandlerType!),
        _ => throw new ArgumentException($"{member} is no member.", nameof(member)),
    };

    public static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>The base class and the interfaces that can be seen from outside.</summary>
    public static IEnumerable<string> Ancestors(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
            return [];
        var interfaces = type.GetInterfaces().Where(i => i.IsVisible);
        return (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? interfaces.Append(parent) : interfaces)
            .Select(ApiIds.Reference);
    }

    public static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Accessor(string name, MethodInfo? accessor) => IsVisible(accessor) ? name : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : " (" + string.Join(", ", parameters.Select(Parameter)) + ")";

    private static string Parameter(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? $"{parameter.Name} = {Default(parameter)}" : parameter.Name!;

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "null",
        var value when EnumType(parameter.ParameterType) is { } type => Enum.ToObject(type, value).ToString()!,
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Type? EnumType(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } found ? found : null;
}
