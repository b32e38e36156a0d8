import fc from 'fast-check';

// Without this fast-check draws lists of ten at most, whatever `maxLength` a property names.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
