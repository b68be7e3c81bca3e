using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Data;

/// <summary>A field or property of a row class.</summary>
internal sealed class RowMember(MemberInfo info)
{
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    public string Name => info.Name;

    public Type Type => info is FieldInfo f ? f.FieldType : ((PropertyInfo)info).PropertyType;

    public bool CanRead => info is FieldInfo || info is PropertyInfo { CanRead: true };

    public bool CanWrite => info is FieldInfo { IsInitOnly: false } || info is PropertyInfo { SetMethod.IsPublic: true };

    public T? Attribute<T>()
        where T : Attribute => info.GetCustomAttribute<T>();

    public static IEnumerable<RowMember> Of([DynamicallyAccessedMembers(Needed)] Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Instance).Cast<MemberInfo>()
        .Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod?.IsPublic == true && p.GetIndexParameters().Length == 0))
        .Select(m => new RowMember(m));

    public static RowMember? Find([DynamicallyAccessedMembers(Needed)] Type type, string name) =>
        type.GetField(name) is { } field ? new(field) : type.GetProperty(name) is { } property ? new(property) : null;

    public Func<TRow, TMember> Getter<TRow, TMember>()
    {
        if (info is PropertyInfo property)
            return property.GetMethod!.CreateDelegate<Func<TRow, TMember>>();
        var field = (FieldInfo)info;
        if (!RuntimeFeature.IsDynamicCodeCompiled)
            return row => (TMember)field.GetValue(row)!;
        var parameter = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.Field(parameter, field), parameter).Compile();
    }

    public Action<TRow, TMember> Setter<TRow, TMember>()
    {
        if (info is PropertyInfo property)
            return property.SetMethod!.CreateDelegate<Action<TRow, TMember>>();
        var field = (FieldInfo)info;
        if (!RuntimeFeature.IsDynamicCodeCompiled)
            return (row, value) => field.SetValue(row, value);
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.Field(row, field), value), row, value).Compile();
    }
}
