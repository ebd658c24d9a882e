(module
  ;; TODO
)
