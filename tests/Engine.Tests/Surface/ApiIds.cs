using System.Globalization;
using System.Reflection;
using System.Text;

namespace Engine.Tests.Surface;

/// <summary>Documentation ids of types and members, as the compiler writes them.</summary>
internal static class ApiIds
{
    public static string Of(Type type) => "T:" + Name(type);

    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo c => $"M:{Name(c.DeclaringType!)}.#ctor{Parameters(c.GetParameters())}",
        MethodInfo m => $"M:{Name(m.DeclaringType!)}.{m.Name}{Arity(m)}{Parameters(m.GetParameters())}{Conversion(m)}",
        PropertyInfo p => $"P:{Name(p.DeclaringType!)}.{p.Name}{Parameters(p.GetIndexParameters())}",
        FieldInfo f => $"F:{Name(f.DeclaringType!)}.{f.Name}",
        EventInfo e => $"E:{Name(e.DeclaringType!)}.{e.Name}",
        _ => throw new ArgumentException($"{member} is no member.", nameof(member)),
    };

    /// <summary>The name of a type where it is used: with its arguments in braces.</summary>
    public static string Reference(Type type)
    {
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition.ToString(CultureInfo.InvariantCulture);
        if (type.IsByRef)
            return Reference(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return Reference(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Reference(type.GetElementType()!) + "[" + string.Join(',', Enumerable.Repeat(type.GetArrayRank() > 1 ? "0:" : "", type.GetArrayRank())) + "]";
        return type.IsGenericType ? Constructed(type) : Name(type);
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // Every level of a nested type has its own arguments.
    private static string Constructed(Type type)
    {
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var text = new StringBuilder(type.Namespace).Append('.');
        foreach (string level in type.GetGenericTypeDefinition().FullName![(type.Namespace!.Length + 1)..].Split('+'))
        {
            var parts = level.Split('`');
            text.Append(parts[0]);
            if (parts.Length == 2)
            {
                int count = int.Parse(parts[1], CultureInfo.InvariantCulture);
                text.Append('{').AppendJoin(',', Enumerable.Range(0, count).Select(_ => Reference(arguments.Dequeue()))).Append('}');
            }
            text.Append('.');
        }
        return text.ToString(0, text.Length - 1);
    }

    private static string Arity(MethodInfo method) =>
        method.IsGenericMethodDefinition ? "``" + method.GetGenericArguments().Length.ToString(CultureInfo.InvariantCulture) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : "(" + string.Join(',', parameters.Select(p => Reference(p.ParameterType))) + ")";

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? "~" + Reference(method.ReturnType) : "";
}
