using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Golden;

/// <summary>Calls of the golden files, made by reflection on the catalogs of a context.</summary>
internal static class Calls
{
    private static readonly Type[] _types = typeof(MLContext).Assembly.GetExportedTypes();

    /// <summary>
    /// Makes the call that hangs off the context; <paramref name="first"/> is its first argument where the file leaves it out.
    /// </summary>
    public static object? Invoke(JsonElement step, string key, MLContext ml, object? first = null)
    {
        var path = step.GetProperty(key).GetString()!.Split('.');
        object target = path[..^1].Aggregate((object)ml, (o, name) => o.GetType().GetProperty(name)?.GetValue(o) ?? throw Missing(step, key));
        var arguments = step.TryGetProperty("args", out var args)
            ? args.EnumerateObject().ToDictionary(a => a.Name, a => a.Value)
            : step.EnumerateObject().Where(p => p.Name != key).ToDictionary(a => a.Name, a => a.Value);
        var types = arguments.Remove("$types", out var names) ? names.EnumerateArray().Select(n => FindType(n.GetString()!)).ToArray() : [];
        var candidates = Methods(target.GetType(), path[^1])
            .Select(m => m.IsGenericMethodDefinition && types.Length == 0 ? Infer(m, arguments, ml) : m)
            .Where(m => m.IsConstructedGenericMethod || m.GetGenericArguments().Length == types.Length)
            .Select(m => types.Length == 0 ? m : m.MakeGenericMethod(types))
            .Where(m => Fits(m, arguments, first is not null))
            .OrderBy(m => m.GetParameters().Length);
        Exception? last = null;
        foreach (var method in candidates)
        {
            object?[] values;
            try
            {
                values = Bind(method, target, arguments, first, ml);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or InvalidCastException or ArgumentException)
            {
                // An overload of the same names and other types.
                last = e;
                continue;
            }
            return method.Invoke(method.IsStatic ? null : target, BindingFlags.DoNotWrapExceptions, null, values, null);
        }
        throw last ?? Missing(step, key);
    }

    public static Type FindType(string name) => Type.GetType("System." + name)
        ?? _types.FirstOrDefault(t => t.FullName!.Replace('+', '.').EndsWith("." + name, StringComparison.Ordinal))
        ?? throw new MissingMemberException($"The engine has no type {name}.");

    // The model's type, where a trainer is given: as the compiler infers it.
    private static MethodInfo Infer(MethodInfo method, Dictionary<string, JsonElement> arguments, MLContext ml)
    {
        if (method.GetGenericArguments().Length != 1 || !arguments.TryGetValue("binaryEstimator", out var trainer))
            return method;
        var type = Values.Convert(trainer, typeof(object), ml)!.GetType().GetInterfaces()
            .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>));
        return method.MakeGenericMethod(type.GetGenericArguments()[1]);
    }

    private static MissingMemberException Missing(JsonElement step, string key) => new($"The engine has no {step.GetProperty(key)}.");

    private static IEnumerable<MethodInfo> Methods(Type catalog, string name) => catalog.GetMethods().Where(m => m.Name == name)
        .Concat(_types.Where(t => t.IsAbstract && t.IsSealed).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.Name == name && m.IsDefined(typeof(ExtensionAttribute)) && m.GetParameters()[0].ParameterType == catalog));

    private static IEnumerable<ParameterInfo> Parameters(MethodInfo method) => method.GetParameters().Skip(method.IsStatic ? 1 : 0);

    private static bool Fits(MethodInfo method, Dictionary<string, JsonElement> arguments, bool hasFirst)
    {
        var parameters = Parameters(method).Skip(hasFirst ? 1 : 0).ToArray();
        return arguments.Keys.All(a => parameters.Any(p => p.Name == a))
            && parameters.All(p => p.HasDefaultValue || arguments.ContainsKey(p.Name!) || p.IsDefined(typeof(ParamArrayAttribute)));
    }

    private static object?[] Bind(MethodInfo method, object target, Dictionary<string, JsonElement> arguments, object? first, MLContext ml)
    {
        var values = new List<object?>();
        if (method.IsStatic)
            values.Add(target);
        foreach (var parameter in Parameters(method))
        {
            if (first is not null && values.Count == (method.IsStatic ? 1 : 0))
                values.Add(first);
            else if (arguments.TryGetValue(parameter.Name!, out var value))
                values.Add(Values.Convert(value, parameter.ParameterType, ml));
            else
                values.Add(parameter.HasDefaultValue ? Default(parameter) : Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0));
        }
        return [.. values];
    }

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue is { } value && Nullable.GetUnderlyingType(parameter.ParameterType) is null && parameter.ParameterType.IsEnum
            ? Enum.ToObject(parameter.ParameterType, value)
            : parameter.DefaultValue;
}
